package io.orderflow.http.edge;

import io.orderflow.http.Problem;
import io.orderflow.http.ProblemType;
import io.orderflow.http.StrictJson;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.ActionCode;
import org.apache.tomcat.util.net.ApplicationBufferHandler;

/**
 * Turns into a problem document what the container refuses: a request line or headers that are not HTTP. All that
 * reaches the {@link EdgeServlet} has its answer from there.
 */
final class ProblemValve extends ErrorReportValve {

    private final Origins origins;
    private final RefusalCount refusals;
    private final Duration bodyDeadline;

    /** @param bodyDeadline how long the body of what is refused may still take to come in */
    ProblemValve(Origins origins, RefusalCount refusals, Duration bodyDeadline) {
        this.origins = origins;
        this.refusals = refusals;
        this.bodyDeadline = bodyDeadline;
    }

    /** Leaves the edge's servlet the request's turn, and a way to what is left of a refused body. */
    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        request.setAttribute(Body.REST_ATTRIBUTE, new Rest(request.getCoyoteRequest()));
        EdgeProtocol.turnOf(request.getCoyoteRequest()).attachTo(request);
        super.invoke(request, response);
    }

    /** The connector's side of a request, beneath the stream that the answer closes. */
    private static final class Rest implements Body.Rest, ApplicationBufferHandler {

        private final org.apache.coyote.Request request;
        private ByteBuffer bytes = ByteBuffer.allocate(0);

        private Rest(org.apache.coyote.Request request) {
            this.request = request;
        }

        @Override
        public int skip() throws IOException {
            return request.doRead(this);
        }

        @Override
        public void cut() {
            request.action(ActionCode.DISABLE_SWALLOW_INPUT, null);
        }

        @Override
        public void setByteBuffer(ByteBuffer read) {
            bytes = read;
        }

        @Override
        public ByteBuffer getByteBuffer() {
            return bytes;
        }

        @Override
        public void expand(int size) {}
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
            var turn = EdgeProtocol.turnOf(request.getCoyoteRequest());
            Reply.mark(response, turn);
            origins.mark(request, response);
            if (status == ProblemType.METHOD_NOT_ALLOWED.status() && !response.containsHeader("Allow")) {
                response.setHeader("Allow", ""); // CONNECT, which nothing here knows
            }
            if (problem.retryAfter() > 0) {
                response.setHeader("Retry-After", String.valueOf(problem.retryAfter()));
            }
            response.setContentType(Problem.MEDIA_TYPE);
            response.setCharacterEncoding("utf-8");
            turn.answering();
            var writer = response.getReporter();
            if (writer != null) {
                writer.write(StrictJson.write(problem));
                response.finishResponse();
            }
        } catch (IOException | IllegalStateException e) {
            container.getLogger().debug("A problem could not be written, for its client is gone", e);
        }
        leaveUnread(request);
    }

    /**
     * Tomcat would wait for what is left of a body from byte to byte, for as long as they come. After what is no HTTP
     * it closes by itself and reads nothing.
     */
    private void leaveUnread(Request request) {
        var ends = new AtomicBoolean();
        request.getCoyoteRequest().action(ActionCode.IS_ERROR, ends);
        if (!ends.get()) {
            Body.giveUp(request, bodyDeadline);
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
