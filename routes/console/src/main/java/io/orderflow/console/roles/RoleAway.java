package io.orderflow.console.roles;

import io.orderflow.contracts.Role;
import io.orderflow.http.Problem;
import io.orderflow.http.ProblemType;

/** A role does not answer, or not as a role does. */
public final class RoleAway extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean mayHaveHeard;

    /** @param mayHaveHeard whether it may have done what it was asked for */
    RoleAway(Role role, String how, boolean mayHaveHeard) {
        super(role + ": " + how, null, false, false);
        this.mayHaveHeard = mayHaveHeard;
    }

    /** 503, with the role's name. */
    public Problem problem(boolean isReading) {
        return Problem.of(
                ProblemType.UNAVAILABLE,
                getMessage() + (mayHaveHeard && !isReading ? "; what was asked for may have been done" : ""));
    }
}
