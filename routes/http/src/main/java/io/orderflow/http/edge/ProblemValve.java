package io.orderflow.http.edge;

import io.orderflow.http.Problem;
import io.orderflow.http.ProblemType;
import io.orderflow.http.StrictJson;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;

/**
 * Turns into a problem document what others refuse: Tomcat a request line or headers that are not HTTP, Spring a path
 * or a method that nobody has declared, and whatever fails outside of a route. The routes' own problems come from the
 * {@link Edge}.
 */
final class ProblemValve extends ErrorReportValve {

    private final RefusalCount refusals;

    ProblemValve(RefusalCount refusals) {
        this.refusals = refusals;
    }

    /** Leaves the edge's filter a way to make the container stop reading a refused body. */
    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        request.setAttribute(Body.CUT_ATTRIBUTE, (Runnable)
                () -> request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null));
        super.invoke(request, response);
    }

    @Override
    protected void report(Request request, Response response, Throwable failure) {
        int status = blamed(request, response.getStatus());
        refusals.count(request, status);
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        var problem = Problem.of(status);
        try {
            response.setStatus(status);
            if (status == ProblemType.METHOD_NOT_ALLOWED.status() && !response.containsHeader("Allow")) {
                response.setHeader("Allow", EdgeFilter.METHODS);
            }
            if (problem.retryAfter() > 0) {
                response.setHeader("Retry-After", String.valueOf(problem.retryAfter()));
            }
            response.setContentType(Problem.MEDIA_TYPE);
            response.setCharacterEncoding("utf-8");
            var writer = response.getReporter();
            if (writer != null) {
                writer.write(StrictJson.write(problem));
                response.finishResponse();
            }
        } catch (IOException | IllegalStateException e) {
            container.getLogger().debug("A problem could not be written, for its client is gone", e);
        }
    }

    /**
     * The status that says whose fault it is. Tomcat answers 5xx to a method, a transfer coding or a version of HTTP
     * that it does not know; that is the client's mistake, and an alert on 5xx must not sound for it.
     */
    private static int blamed(Request request, int status) {
        boolean unknown = status == HttpServletResponse.SC_NOT_IMPLEMENTED
                || status == HttpServletResponse.SC_HTTP_VERSION_NOT_SUPPORTED;
        if (!unknown) {
            return status;
        }
        return "CONNECT".equals(request.getMethod())
                ? ProblemType.METHOD_NOT_ALLOWED.status()
                : ProblemType.MALFORMED_REQUEST.status();
    }
}
