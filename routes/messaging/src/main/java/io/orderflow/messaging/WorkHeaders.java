package io.orderflow.messaging;

/** What a worker's route may know of its piece of work besides the body. */
public final class WorkHeaders {

    /** How often this piece of work was claimed, 1 for the first time (an Integer). */
    public static final String ATTEMPT = "WorkAttempt";

    /**
     * Whether nobody knows what became of an earlier attempt (a Boolean): its worker has died or was stopped in the
     * middle, or could not record the answer. What cannot be done twice under a key is then not simply done again.
     */
    public static final String IN_DOUBT = "WorkInDoubt";

    private WorkHeaders() {}
}
