package io.orderflow.local;

/** A command that cannot be carried out, and why, in one line for the person who gave it. */
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Refused(String message) {
        super(message);
    }
}
