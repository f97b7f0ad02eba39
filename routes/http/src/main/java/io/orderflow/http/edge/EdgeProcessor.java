package io.orderflow.http.edge;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.Request;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Reads requests from one connection at a time, and a head only for so long. Tomcat's own time-out begins anew with
 * each byte, so that a head could come in for ever; here what is left until the head's deadline is all that the next
 * bytes may take. Empty lines before a request are the beginning of its head.
 */
final class EdgeProcessor extends Http11Processor implements EdgeEndpoint.Head {

    /** A place in which Tomcat and Catalina keep nothing. */
    private static final int SOCKET_NOTE = 21;

    private final Http11NioProtocol edge;
    private final Duration headDeadline;

    /** The connection of which a part of a head is here, or null. */
    private SocketWrapperBase<?> head;

    private volatile long headBegan;

    /** @param headDeadline how long a head may take from its first byte to its last */
    EdgeProcessor(Http11NioProtocol edge, Duration headDeadline) {
        super(edge, edge.getAdapter());
        this.edge = edge;
        this.headDeadline = headDeadline;
    }

    /** The connection by which this request came. */
    static SocketWrapperBase<?> socketOf(Request request) {
        return (SocketWrapperBase<?>) request.getNote(SOCKET_NOTE);
    }

    @Override
    public long headMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - headBegan);
    }

    @Override
    public SocketState service(SocketWrapperBase<?> socket) throws IOException {
        request.setNote(SOCKET_NOTE, socket);
        int served = request.getRequestProcessor().getRequestCount();
        var state = super.service(socket);
        served = request.getRequestProcessor().getRequestCount() - served;
        if (state == SocketState.OPEN && served > 0) {
            head = null;
            socket.setReadTimeout(edge.getKeepAliveTimeout());
        } else if (state == SocketState.OPEN || state == SocketState.LONG) {
            return awaitHead(socket, served > 0);
        } else {
            head = null;
        }
        return state;
    }

    private SocketState awaitHead(SocketWrapperBase<?> socket, boolean another) {
        if (head != socket || another) {
            head = socket;
            headBegan = System.nanoTime();
        }
        long left = headDeadline.toMillis() - headMillis();
        if (left <= 0) {
            head = null;
            return SocketState.CLOSED;
        }
        socket.setReadTimeout(Math.min(left, edge.getConnectionTimeout()));
        return SocketState.LONG;
    }
}
