package io.orderflow.http;

import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpConsumer;

/**
 * Puts the {@link Edge} around every route that HTTP requests enter, so that no route can forget it. A route runs on
 * the thread of its request, which is a virtual one.
 */
final class EdgeEngine implements PlatformHttpEngine {

    private final int port;

    EdgeEngine(int port) {
        this.port = port;
    }

    @Override
    public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor route) {
        return new SpringBootPlatformHttpConsumer(endpoint, new Edge(endpoint.getPath(), route), Runnable::run);
    }

    @Override
    public int getServerPort() {
        return port;
    }
}
