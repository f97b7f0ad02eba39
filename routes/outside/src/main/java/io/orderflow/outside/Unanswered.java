package io.orderflow.outside;

/**
 * A call got no answer that is understood: nobody knows whether it had its effect. Make it again with the same key.
 * Its message is logged, so it tells what was expected and never what the company said.
 */
public final class Unanswered extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Unanswered(String message) {
        super(message);
    }

    public Unanswered(String message, Throwable cause) {
        super(message, cause);
    }
}
