package io.orderflow.messaging.model;

/** How an outside call goes. */
public enum Manner {
    PROPERLY(Kind.PROGRESS),
    NOT_DONE_AND_UNHEARD(Kind.NO_ANSWER),
    DONE_AND_UNHEARD(Kind.NO_ANSWER),
    /** The caller hears nothing, and it is done some time later, or never. */
    DONE_LATER(Kind.LATE),
    /** The other side says: not now. Where it cannot say so, nothing is done and nothing heard. */
    REFUSED(Kind.REFUSAL);

    final Kind kind;

    Manner(Kind kind) {
        this.kind = kind;
    }
}
