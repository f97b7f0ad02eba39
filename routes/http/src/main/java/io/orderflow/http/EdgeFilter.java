package io.orderflow.http;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The first thing behind the socket. It refuses paths that two readers could read differently, reads the {@link Body} within its bounds, and gives everything behind it a
 * response whose {@code sendError} writes a problem, so that Spring's and the servlet container's refusals look like ours.
 */
final class EdgeFilter extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(EdgeFilter.class);

    /** Plain segments: nothing to decode, to normalise or to hide a parameter in. */
    private static final Pattern PLAIN_PATH = Pattern.compile("/|(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~-]{1,128}){1,16}");

    private final Duration bodyDeadline;
    private final MeterRegistry meters;

    EdgeFilter(Duration bodyDeadline, MeterRegistry meters) {
        this.bodyDeadline = bodyDeadline;
        this.meters = meters;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
        try {
            pass(request, response, chain);
        } finally {
            if (response.getStatus() >= 400) {
                meters.counter("orderflow.http.refusals", "status", String.valueOf(response.getStatus()))
                        .increment();
            }
        }
    }

    private void pass(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            if (!PLAIN_PATH.matcher(request.getRequestURI()).matches()) {
                throw new Refusal(Problem.notFound());
            }
            if (request.getMethod().equals("TRACE")) {
                response.setHeader("Allow", "GET, HEAD, POST, PUT, OPTIONS");
                throw new Refusal(Problem.of(ProblemType.METHOD_NOT_ALLOWED, null));
            }
            chain.doFilter(Body.read(request, bodyDeadline), new Answering(response));
        } catch (Refusal refusal) {
            write(response, refusal.problem());
            Body.giveUp(request, bodyDeadline);
        } catch (RuntimeException | ServletException failure) {
            LOG.error("A request failed before it reached its route", failure);
            write(response, Problem.of(ProblemType.INTERNAL_ERROR, null));
        }
    }

    private static void write(HttpServletResponse response, Problem problem) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(problem.status());
        response.setContentType(Problem.MEDIA_TYPE);
        if (problem.status() == ProblemType.UNAVAILABLE.status()) {
            response.setIntHeader("Retry-After", Edge.RETRY_AFTER_SECONDS);
        }
        var body = StrictJson.bytes(problem);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
        response.flushBuffer();
    }

    /** A response that says what went wrong in our words. */
    private static final class Answering extends HttpServletResponseWrapper {

        Answering(HttpServletResponse response) {
            super(response);
        }

        @Override
        public void sendError(int status) throws IOException {
            write((HttpServletResponse) getResponse(), Problem.of(status));
        }

        @Override
        public void sendError(int status, String message) throws IOException {
            sendError(status);
        }
    }
}
