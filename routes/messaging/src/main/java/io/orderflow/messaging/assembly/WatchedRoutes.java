package io.orderflow.messaging.assembly;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.orderflow.messaging.Outages;
import io.orderflow.messaging.watch.RouteFigures;
import io.orderflow.messaging.watch.RouteSpans;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.support.DefaultEndpoint;
import org.springframework.beans.factory.ObjectProvider;

/**
 * Has the routes of the application's Camel context watched, before the first of them is made: what they take, and what
 * fails at their beginnings, which Camel would write down with a stack each time.
 */
final class WatchedRoutes implements CamelContextConfiguration {

    private final RouteFigures figures;
    private final boolean spans;
    private final ObjectProvider<Tracer> tracer;
    private final Outages outages;

    /** @param tracer takes the spans; where there is none, what an agent has set does */
    WatchedRoutes(MeterRegistry meters, boolean spans, ObjectProvider<Tracer> tracer, Outages outages) {
        this.figures = new RouteFigures(meters);
        this.spans = spans;
        this.tracer = tracer;
        this.outages = outages;
    }

    @Override
    public void beforeApplicationStart(CamelContext camel) {
        figures.measure(camel);
        camel.getCamelContextExtension().registerEndpointCallback((uri, endpoint) -> {
            if (endpoint instanceof DefaultEndpoint consumed) {
                consumed.setExceptionHandler(new FailedExchanges(uri, outages));
            }
            return endpoint;
        });
        if (spans) {
            camel.addRoutePolicyFactory(
                    new RouteSpans(tracer.getIfAvailable(() -> GlobalOpenTelemetry.getTracer("orderflow"))));
        }
    }

    @Override
    public void afterApplicationStart(CamelContext camel) {}
}
