package io.orderflow.http.edge;

import io.orderflow.http.Audit;
import io.orderflow.messaging.Outages;
import java.util.function.Supplier;
import org.apache.camel.Processor;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.component.platform.http.spi.PlatformHttpConsumer;
import org.apache.camel.component.platform.http.spi.PlatformHttpEngine;

/**
 * Puts the {@link Edge} before every route that HTTP requests enter, with the {@link Rule} that says who may call it,
 * so that no route can forget either.
 */
final class EdgeEngine implements PlatformHttpEngine {

    private final int port;
    private final Paths<Edge> paths;
    private final Admission admission;
    private final Waits waits;
    private final Supplier<Audit> audit;
    private final RefusedCalls refusedCalls;
    private final Outages outages;

    /** @param audit asked for only when a route of operators starts */
    EdgeEngine(
            int port,
            Paths<Edge> paths,
            Admission admission,
            Waits waits,
            Supplier<Audit> audit,
            RefusedCalls refusedCalls,
            Outages outages) {
        this.port = port;
        this.paths = paths;
        this.admission = admission;
        this.waits = waits;
        this.audit = audit;
        this.refusedCalls = refusedCalls;
        this.outages = outages;
    }

    @Override
    public PlatformHttpConsumer createConsumer(PlatformHttpEndpoint endpoint, Processor route) {
        var rule = Rule.of(endpoint.getCamelContext(), endpoint.getHttpMethodRestrict(), endpoint.getPath());
        var written = rule.isForOperators() ? audit.get() : null;
        return new Edge(endpoint, route, paths, admission, waits, rule, written, refusedCalls, outages);
    }

    @Override
    public int getServerPort() {
        return port;
    }
}
