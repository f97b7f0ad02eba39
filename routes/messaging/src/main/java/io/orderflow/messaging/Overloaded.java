package io.orderflow.messaging;

/** More waits for a transaction than may wait: nothing was done, and the same request may be tried again soon. */
public final class Overloaded extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Overloaded(String endpoint, int limit) {
        super(endpoint + ": " + limit + " messages wait already (orderflow.messaging.waiting)");
    }
}
