package io.orderflow.http;

/**
 * A request is refused, with the problem that its sender gets as the answer. The edge answers it; it is nobody's
 * failure and never logged as one.
 */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public Refusal(Problem problem) {
        super(problem.status() + " " + problem.title(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
