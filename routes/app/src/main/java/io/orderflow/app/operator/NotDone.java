package io.orderflow.app.operator;

/** What an operator asked for was refused, or nobody answered; the message says so to him. */
final class NotDone extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotDone(String message) {
        super(message);
    }
}
