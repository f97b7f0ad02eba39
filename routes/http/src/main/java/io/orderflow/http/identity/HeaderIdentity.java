package io.orderflow.http.identity;

import io.orderflow.http.Caller;
import io.orderflow.http.CallerRole;
import io.orderflow.http.Problem;
import io.orderflow.http.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/**
 * Believes the name that a caller gives in {@code X-Customer-Id}; one that gives none is {@code demo}. Every caller has
 * every role, so that this is for one's own machine only, which {@link IdentityModule} checks.
 */
public final class HeaderIdentity implements Identity {

    /** The header with the name. */
    public static final String HEADER = "X-Customer-Id";

    private static final Set<String> EVERY_ROLE = Set.copyOf(CallerRole.ALL);

    @Override
    public Optional<Visitor> visitor(HttpServletRequest request) {
        var ids = Collections.list(request.getHeaders(HEADER));
        if (ids.size() > 1) {
            throw new Refusal(Problem.malformed(HEADER + ": more than one (expected: at most one)"));
        }
        var id = ids.isEmpty() ? "demo" : ids.getFirst();
        if (!Caller.isPossible(id)) {
            throw new Refusal(
                    Problem.malformed(HEADER + ": wrong form (expected: 1 to 255 printable ASCII characters)"));
        }
        return Optional.of(new Visitor(new Caller(id), EVERY_ROLE));
    }
}
