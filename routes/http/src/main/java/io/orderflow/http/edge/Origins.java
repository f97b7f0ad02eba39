package io.orderflow.http.edge;

import io.orderflow.http.EventStream;
import io.orderflow.http.IdempotencyKey;
import io.orderflow.http.Problem;
import io.orderflow.http.ProblemType;
import io.orderflow.http.Refusal;
import io.orderflow.messaging.TraceContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collection;
import java.util.Set;

/**
 * The web sites whose pages may call us, by CORS. No page shows a cookie here, so that none is allowed to: a page that
 * may call still needs a token.
 */
final class Origins {

    private static final String ORIGIN = "Origin";

    private final Set<String> admitted;

    Origins(Collection<String> admitted) {
        this.admitted = Set.copyOf(admitted);
    }

    /** Whether a browser asks if it may send the request of a page. */
    static boolean isPreflight(HttpServletRequest request) {
        return request.getMethod().equals("OPTIONS")
                && request.getHeader(ORIGIN) != null
                && request.getHeader("Access-Control-Request-Method") != null;
    }

    /**
     * Answers a browser that asks.
     *
     * @throws Refusal 403, if the page's site is not admitted
     */
    Reply answer(HttpServletRequest request) {
        if (!admitted.contains(request.getHeader(ORIGIN))) {
            throw new Refusal(Problem.of(
                    ProblemType.FORBIDDEN,
                    "Origin: not admitted (expected: one of the setting orderflow.http.origins)"));
        }
        return Reply.empty(HttpServletResponse.SC_NO_CONTENT)
                .with("Access-Control-Allow-Methods", "GET, HEAD, POST, PUT")
                .with(
                        "Access-Control-Allow-Headers",
                        "Authorization, Content-Type, If-None-Match, Prefer, " + IdempotencyKey.HEADER + ", "
                                + EventStream.LAST_ID + ", " + TraceContext.HEADER)
                .with("Access-Control-Max-Age", "600");
    }

    /** Lets an admitted site's page read the answer, whatever becomes of the request. Twice is as good as once. */
    void mark(HttpServletRequest request, HttpServletResponse response) {
        if (admitted.isEmpty()) {
            return;
        }
        if (!response.getHeaders("Vary").contains(ORIGIN)) {
            response.addHeader("Vary", ORIGIN);
        }
        var origin = request.getHeader(ORIGIN);
        if (origin != null && admitted.contains(origin)) {
            response.setHeader("Access-Control-Allow-Origin", origin);
            response.setHeader(
                    "Access-Control-Expose-Headers",
                    "ETag, Idempotent-Replayed, Location, Preference-Applied, Retry-After, X-Request-Id");
        }
    }
}
