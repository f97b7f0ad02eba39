package io.orderflow.http.edge;

import java.io.IOException;
import org.apache.coyote.Adapter;
import org.apache.coyote.Processor;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketEvent;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * Tomcat's HTTP/1.1 with what it offers no setting for: a request knows the socket that it came by, so that waiting for
 * its body can end; its trailers are few; and {@code OPTIONS *} goes the way of every request, instead of being
 * answered with methods that no path has.
 */
public final class EdgeProtocol extends Http11NioProtocol {

    /** A place in which Tomcat and Catalina keep nothing. */
    private static final int SOCKET_NOTE = 21;

    /** Tomcat's own limit, for the first request of a connection, too. */
    private static final int MAX_TRAILERS = 8;

    static SocketWrapperBase<?> socketOf(Request request) {
        return (SocketWrapperBase<?>) request.getNote(SOCKET_NOTE);
    }

    @Override
    protected Processor createProcessor() {
        return new Http11Processor(this, getAdapter()) {
            @Override
            public SocketState service(SocketWrapperBase<?> socket) throws IOException {
                request.setNote(SOCKET_NOTE, socket);
                request.getMimeTrailerFields().setLimit(MAX_TRAILERS);
                return super.service(socket);
            }
        };
    }

    @Override
    public void setAdapter(Adapter adapter) {
        super.setAdapter(new EveryPath(adapter));
    }

    /** Gives {@code *} the form of a path, one that nobody has. */
    private record EveryPath(Adapter tomcat) implements Adapter {

        @Override
        public void service(Request request, Response response) throws Exception {
            if (request.requestURI().equals("*")) {
                request.requestURI().setString("/*");
            }
            tomcat.service(request, response);
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
