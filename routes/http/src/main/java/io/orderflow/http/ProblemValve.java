package io.orderflow.http;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;

/**
 * Says in a problem document what others refuse: Tomcat a request line or headers that are not HTTP, Spring a path or a
 * method that nobody has declared, and whatever fails outside of a route. The routes' own problems come from the
 * {@link Edge}.
 */
public final class ProblemValve extends ErrorReportValve {

    /** Leaves the filter a way to stop the container from waiting for the rest of a body that nobody wants. */
    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        request.setAttribute(
                Body.CUT, (Runnable) () -> request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null));
        super.invoke(request, response);
    }

    @Override
    protected void report(Request request, Response response, Throwable failure) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        try {
            if (status == ProblemType.UNAVAILABLE.status()) {
                response.setHeader("Retry-After", String.valueOf(Edge.RETRY_AFTER_SECONDS));
            }
            response.setContentType(Problem.MEDIA_TYPE);
            response.setCharacterEncoding("utf-8");
            var writer = response.getReporter();
            if (writer != null) {
                writer.write(StrictJson.write(Problem.of(status)));
                response.finishResponse();
            }
        } catch (IOException | IllegalStateException e) {
            container.getLogger().debug("A problem could not be written, for its client is gone", e);
        }
    }
}
