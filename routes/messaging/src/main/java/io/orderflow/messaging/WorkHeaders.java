package io.orderflow.messaging;

/** What a worker's route may know of its piece of work besides the body. */
public final class WorkHeaders {

    /** How often this piece of work was claimed, 1 for the first time (an Integer). */
    public static final String ATTEMPT = "WorkAttempt";

    private WorkHeaders() {}
}
