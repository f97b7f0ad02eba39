package io.orderflow.http.ops;

import io.orderflow.http.ServedPaths;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.AbstractProtocol;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;

/**
 * The port that operators use, so that a network can keep everybody else away from it. {@code /ops} exists there and
 * only there, and nothing else does. Which port a request came in by is asked of the socket, which no header changes.
 */
public final class OpsPort implements ServedPaths, WebServerFactoryCustomizer<TomcatServletWebServerFactory>, Ordered {

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

    /** Where this process itself reaches it. */
    URI address() {
        var address = connector.getProtocolHandler() instanceof AbstractProtocol<?> http ? http.getAddress() : null;
        var host = address == null || address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
        var name = host instanceof Inet6Address ? "[" + host.getHostAddress() + "]" : host.getHostAddress();
        return URI.create("http://" + name + ":" + number());
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

    /** Keeps the two ports apart. */
    @Override
    public boolean serves(int at, String path) {
        boolean isForOperators = path.equals(PATH) || path.startsWith(PATH + "/");
        return isForOperators == (at == number());
    }
}
