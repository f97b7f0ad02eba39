package io.orderflow.http.edge;

import com.github.f4b6a3.uuid.UuidCreator;
import io.orderflow.http.Problem;
import io.orderflow.http.ProblemType;
import io.orderflow.http.Refusal;
import io.orderflow.http.StrictJson;
import io.orderflow.http.identity.Identity;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The first of our code that sees a request. It refuses paths that two readers could read differently, and reads the
 * {@link Body} within its bounds, before anything else looks at the request. Nothing that fails behind it escapes.
 */
final class EdgeFilter extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(EdgeFilter.class);

    /** Plain segments: nothing that a reader could decode, normalise or take for a parameter. */
    private static final Pattern PLAIN_PATH = Pattern.compile("/|(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~-]{1,128}){1,16}");

    private final BooleanSupplier open;
    private final BooleanSupplier staying;
    private final Duration bodyDeadline;
    private final Origins origins;
    private final RefusalCount refusals;

    /**
     * @param open whether the routes run; the socket is open for a little longer than they are, before and after, and a
     *     404 at such a moment would tell a client that its order does not exist
     * @param staying whether a connection may be kept for the next request
     */
    EdgeFilter(
            BooleanSupplier open,
            BooleanSupplier staying,
            Duration bodyDeadline,
            Origins origins,
            RefusalCount refusals) {
        this.open = open;
        this.staying = staying;
        this.bodyDeadline = bodyDeadline;
        this.origins = origins;
        this.refusals = refusals;
    }

    /** Says for every answer how it is to be taken. */
    static void mark(HttpServletResponse response) {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse given, FilterChain chain)
            throws IOException {
        var response = new Reply(given, refusals, Turn.of(request));
        mark(response);
        origins.mark(request, response);
        if (!stays(request)) {
            response.setHeader("Connection", "close");
        }
        try {
            pass(request, response, chain, System.nanoTime() + bodyDeadline.toNanos());
        } finally {
            refusals.count(request, response.getStatus());
        }
    }

    /** A connection whose next request is here already never waits, and so never makes room by itself. */
    private boolean stays(HttpServletRequest request) {
        return staying.getAsBoolean() && !Turn.of(request).isAwaited();
    }

    private void pass(HttpServletRequest request, Reply response, FilterChain chain, long bodyEnd) throws IOException {
        try {
            if (!open.getAsBoolean()) {
                throw new Refusal(Problem.of(ProblemType.UNAVAILABLE, null));
            }
            if (!PLAIN_PATH.matcher(request.getRequestURI()).matches()) {
                throw new Refusal(Problem.notFound());
            }
            if (Origins.isPreflight(request)) {
                origins.answer(request, response);
                return;
            }
            request.setAttribute(Identity.ASKED_FOR, true);
            chain.doFilter(Body.read(request, bodyDeadline), response);
            response.complete();
        } catch (Refusal refusal) {
            refuse(request, response, refusal.problem(), bodyEnd);
        } catch (IOException | ServletException | RuntimeException e) {
            refuse(request, response, failed(e), bodyEnd);
        }
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, Problem problem, long bodyEnd)
            throws IOException {
        if (response.isCommitted()) {
            Body.breakOff(request);
        } else {
            write(response, problem);
        }
        if (problem.status() != ProblemType.REQUEST_TIMEOUT.status()) {
            Body.giveUp(request, Duration.ofNanos(bodyEnd - System.nanoTime()));
            if (stays(request)) {
                return;
            }
        }
        Body.cut(request);
    }

    /**
     * The problem of what nobody expected, logged under the name that the client gets. Its message stays out of the
     * log, for those above the routes quote what a request said.
     */
    private static Problem failed(Exception failure) {
        var instance = "urn:uuid:" + UuidCreator.getTimeOrderedEpoch();
        LOG.error("A request failed outside of its route: {}", instance, new Wordless(failure));
        return Problem.of(ProblemType.INTERNAL_ERROR, null).instance(instance);
    }

    /** Where something failed and as what, without the words. */
    private static final class Wordless extends Exception {

        private static final long serialVersionUID = 1L;

        Wordless(Throwable failure) {
            super(failure.getClass().getName(), failure.getCause() == null ? null : new Wordless(failure.getCause()));
            setStackTrace(failure.getStackTrace());
        }
    }

    private static void write(HttpServletResponse response, Problem problem) throws IOException {
        response.resetBuffer();
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
