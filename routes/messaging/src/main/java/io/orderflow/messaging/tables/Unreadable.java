package io.orderflow.messaging.tables;

/** The bytes are not what the declaration says; they are parked as they are. */
public final class Unreadable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Unreadable(String message) {
        super(message);
    }
}
