package io.orderflow.messaging.model;

/** What kind of step it is: progress, or a way in which it can be disturbed. */
public enum Kind {
    PROGRESS,
    /** Time passes. */
    TIME,
    /** A service looks whether somebody has waited for too long. */
    TIMER,
    /** A customer changes his mind. */
    WISH,
    /** An operator releases what was parked. */
    RELEASE,

    /** What was done is done again: a request, a record, a batch whose offset was not committed. */
    DUPLICATE,
    /** A consumer is set back to an earlier offset. */
    REPLAY,
    /** A transaction does not commit. */
    ROLLBACK,
    /** An event cannot be handled and is parked, with what follows it. */
    PARKED,
    /** What was parked is released, cannot be handled still, and stays where it is. */
    FAILED_AGAIN,
    /** A service, or one worker of it, dies and starts anew. */
    CRASH,
    /** A service, or the broker, is away until it comes back. */
    AWAY,
    /** One of a service's instances loses the broker, and not the database, or finds it again. */
    CUT_OFF,
    /** The clock on a service's wall goes wrong by days, or right again. */
    CLOCK,
    /** A log is lost: a topic is made anew, or a partition loses its beginning or its end. */
    LOST,
    /** A service's inbox forgets all that it has received. */
    FORGOTTEN,
    /** An outside call is not answered; nothing was done, or all. */
    NO_ANSWER,
    /** An outside call is not answered and is carried out later. */
    LATE,
    /** The outside says: not now. */
    REFUSAL;

    public boolean isFault() {
        return compareTo(DUPLICATE) >= 0;
    }
}
