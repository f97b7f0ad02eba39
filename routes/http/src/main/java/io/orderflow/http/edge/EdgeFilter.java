package io.orderflow.http.edge;

import io.orderflow.http.Problem;
import io.orderflow.http.ProblemType;
import io.orderflow.http.Refusal;
import io.orderflow.http.StrictJson;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The first of our code that sees a request. It refuses paths that two readers could read differently, and reads the
 * {@link Body} within its bounds, before anything else looks at the request.
 */
final class EdgeFilter extends OncePerRequestFilter {

    static final String METHODS = "GET, HEAD, POST, PUT, OPTIONS";

    /** Plain segments: nothing that a reader could decode, normalise or take for a parameter. */
    private static final Pattern PLAIN_PATH = Pattern.compile("/|(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~-]{1,128}){1,16}");

    private final BooleanSupplier open;
    private final BooleanSupplier staying;
    private final Duration bodyDeadline;
    private final RefusalCount refusals;

    /**
     * @param open whether the routes run; the socket is open for a little longer than they are, before and after, and a
     *     404 at such a moment would tell a client that its order does not exist
     * @param staying whether a connection may be kept for the next request
     */
    EdgeFilter(BooleanSupplier open, BooleanSupplier staying, Duration bodyDeadline, RefusalCount refusals) {
        this.open = open;
        this.staying = staying;
        this.bodyDeadline = bodyDeadline;
        this.refusals = refusals;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
        if (!staying.getAsBoolean()) {
            response.setHeader("Connection", "close");
        }
        try {
            pass(request, response, chain);
        } finally {
            refusals.count(request, response.getStatus());
        }
    }

    private void pass(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            if (!open.getAsBoolean()) {
                throw new Refusal(Problem.of(ProblemType.UNAVAILABLE, null));
            }
            if (!PLAIN_PATH.matcher(request.getRequestURI()).matches()) {
                throw new Refusal(Problem.notFound());
            }
            if (request.getMethod().equals("TRACE")) {
                response.setHeader("Allow", METHODS);
                throw new Refusal(Problem.of(ProblemType.METHOD_NOT_ALLOWED, null));
            }
            chain.doFilter(Body.read(request, bodyDeadline), response);
        } catch (Refusal refusal) {
            write(response, refusal.problem());
            Body.giveUp(request, bodyDeadline);
        }
    }

    private static void write(HttpServletResponse response, Problem problem) throws IOException {
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        if (problem.retryAfter() > 0) {
            response.setIntHeader("Retry-After", problem.retryAfter());
        }
        var body = StrictJson.bytes(problem);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }
}
