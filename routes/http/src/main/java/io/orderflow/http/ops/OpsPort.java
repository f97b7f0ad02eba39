package io.orderflow.http.ops;

import io.orderflow.http.Problem;
import io.orderflow.http.Refusal;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.AbstractProtocol;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The port that operators use, so that a network can keep everybody else away from it. {@code /ops} exists there and
 * only there, and nothing else does. Which port a request came in by is asked of the socket, which no header changes.
 */
public final class OpsPort implements WebServerFactoryCustomizer<TomcatServletWebServerFactory>, Ordered {

    private static final String PATH = "/ops";

    private final int port;
    private volatile Connector connector;

    OpsPort(int port) {
        this.port = port;
    }

    /** The port as it is, where any was asked for. */
    public int number() {
        return connector.getLocalPort();
    }

    /** After all other customizers, so that this port has everything that they set for the public one. */
    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void customize(TomcatServletWebServerFactory tomcat) {
        connector = new Connector(tomcat.getProtocol());
        connector.setPort(port);
        if (connector.getProtocolHandler() instanceof AbstractProtocol<?> http) {
            http.setAddress(tomcat.getAddress());
            http.setExecutor(new VirtualThreadExecutor("ops-"));
        }
        tomcat.getConnectorCustomizers().forEach(one -> one.customize(connector));
        tomcat.addAdditionalConnectors(connector);
    }

    /** Keeps the two ports apart. It stands behind the edge's filter, which has refused all paths but plain ones. */
    Filter filter() {
        return new OncePerRequestFilter() {
            @Override
            protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                    throws IOException, ServletException {
                var path = request.getRequestURI();
                boolean isForOperators = path.equals(PATH) || path.startsWith(PATH + "/");
                if (isForOperators != (request.getLocalPort() == number())) {
                    throw new Refusal(Problem.notFound());
                }
                chain.doFilter(request, response);
            }
        };
    }
}
