package io.orderflow.messaging.model;

/** What must hold, whoever did what when. Both throw an {@link AssertionError} that says what does not. */
public interface Invariants {

    /** After every step. */
    void always();

    /** Whether nobody waits for time alone any more; asked when nothing else can happen, until it is so. */
    default boolean isOver() {
        return true;
    }

    /** When all faults are healed and nothing moves any more. */
    void atRest();
}
