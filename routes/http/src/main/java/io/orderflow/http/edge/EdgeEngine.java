package io.orderflow.http.edge;

import io.orderflow.http.Audit;
import io.orderflow.messaging.Outages;
import java.util.function.Supplier;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;
import org.apache.camel.component.platform.http.springboot.SpringBootPlatformHttpConsumer;

/**
 * Puts the {@link Edge} around every route that HTTP requests enter, with the {@link Rule} that says who may call it,
 * so that no route can forget either. A route runs on the thread of its request, which is a virtual one.
 */
final class EdgeEngine implements PlatformHttpEngine {

    private final int port;
    private final Admission admission;
    private final Supplier<Audit> audit;
    private final RefusedCalls refusedCalls;
    private final Outages outages;

    /** @param audit asked for only when a route of operators starts */
    EdgeEngine(int port, Admission admission, Supplier<Audit> audit, RefusedCalls refusedCalls, Outages outages) {
        this.port = port;
        this.admission = admission;
        this.audit = audit;
        this.refusedCalls = refusedCalls;
        this.outages = outages;
    }

    @Override
    public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor route) {
        var rule = Rule.of(endpoint.getCamelContext(), endpoint.getHttpMethodRestrict(), endpoint.getPath());
        var written = rule.isForOperators() ? audit.get() : null;
        var edge = new Edge(endpoint.getPath(), route, admission, rule, written, refusedCalls, outages);
        return new SpringBootPlatformHttpConsumer(endpoint, edge, Runnable::run);
    }

    @Override
    public int getServerPort() {
        return port;
    }
}
