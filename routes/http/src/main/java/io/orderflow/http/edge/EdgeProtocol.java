package io.orderflow.http.edge;

import java.time.Duration;
import org.apache.coyote.ActionCode;
import org.apache.coyote.Adapter;
import org.apache.coyote.Processor;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.SocketEvent;
import org.slf4j.MDC;

/**
 * Tomcat's HTTP/1.1 with what it offers no setting for: a head comes in within a deadline, an answer goes out within
 * one, waiting for a body can end, trailers are few, and a newcomer finds room ({@link EdgeEndpoint}). {@code
 * OPTIONS *} goes the way of every request, instead of being answered with methods that no path has, and a request
 * without a version of HTTP is not answered, for Tomcat would do so without a head.
 */
public final class EdgeProtocol extends Http11NioProtocol {

    /** For every request: Tomcat has no limit of its own for some that follow each other on a connection. */
    private static final int MAX_TRAILERS = 8;

    /** A place in which Tomcat and Catalina keep nothing. */
    private static final int TURN_NOTE = 22;

    /** Another one, in which stands that the last line that was read is of HTTP/0.9: Tomcat takes the next for it. */
    private static final int HEADLESS_NOTE = 23;

    private static final String REQUEST_ID = "request_id";

    private Duration headDeadline = Duration.ofSeconds(10);
    private Duration answerDeadline = Duration.ofSeconds(30);

    private final EdgeEndpoint endpoint;

    /** As Tomcat makes it, which knows its name only. */
    public EdgeProtocol() {
        this(new EdgeEndpoint());
    }

    private EdgeProtocol(EdgeEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
    }

    /** @param deadline how long a head may take from its first byte to its last */
    void setHeadDeadline(Duration deadline) {
        headDeadline = deadline;
    }

    /** @param deadline how long an answer may take from its first byte to its last */
    void setAnswerDeadline(Duration deadline) {
        answerDeadline = deadline;
    }

    static Turn turnOf(Request request) {
        return (Turn) request.getNote(TURN_NOTE);
    }

    @Override
    protected Processor createProcessor() {
        return new EdgeProcessor(this, headDeadline);
    }

    @Override
    public void setAdapter(Adapter adapter) {
        super.setAdapter(new EveryTurn(adapter));
    }

    /**
     * Begins and ends each request's turn, lets its log lines carry its name, and gives {@code *} the form of a path,
     * one that nobody has.
     */
    private final class EveryTurn implements Adapter {

        private final Adapter tomcat;

        private EveryTurn(Adapter tomcat) {
            this.tomcat = tomcat;
        }

        @Override
        public void service(Request request, Response response) throws Exception {
            var socket = EdgeProcessor.socketOf(request);
            var patience = Duration.ofMillis(getConnectionTimeout());
            var turn = new Turn(socket, patience, answerDeadline, endpoint::isFull);
            request.setNote(TURN_NOTE, turn);
            MDC.put(REQUEST_ID, turn.requestId().toString());
            request.getMimeTrailerFields().setLimit(MAX_TRAILERS);
            if (request.requestURI().equals("*")) {
                request.requestURI().setString("/*");
            }
            try {
                if (isHeadless(request)) {
                    request.action(ActionCode.CLOSE_NOW, null);
                } else {
                    tomcat.service(request, response);
                }
            } finally {
                turn.end();
                MDC.remove(REQUEST_ID);
            }
        }

        /** Whether Tomcat would answer without a head: to HTTP/0.9, and to a line after it that cannot be read. */
        private static boolean isHeadless(Request request) {
            boolean isRead =
                    !request.requestURI().isNull() && !request.protocol().isNull();
            if (isRead) {
                request.setNote(HEADLESS_NOTE, request.protocol().equals(""));
            }
            return Boolean.TRUE.equals(request.getNote(HEADLESS_NOTE));
        }

        @Override
        public boolean prepare(Request request, Response response) throws Exception {
            return tomcat.prepare(request, response);
        }

        @Override
        public boolean asyncDispatch(Request request, Response response, SocketEvent status) throws Exception {
            return tomcat.asyncDispatch(request, response, status);
        }

        @Override
        public void log(Request request, Response response, long time) {
            tomcat.log(request, response, time);
        }

        @Override
        public void checkRecycled(Request request, Response response) {
            tomcat.checkRecycled(request, response);
        }

        @Override
        public String getDomain() {
            return tomcat.getDomain();
        }
    }
}
