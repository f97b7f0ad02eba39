package io.orderflow.messaging.assembly;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.messaging.Outages;
import io.orderflow.messaging.watch.RouteFigures;
import io.orderflow.messaging.watch.Tracers;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.support.DefaultEndpoint;

/**
 * Has the routes of the application's Camel context watched, before the first of them is made: what they take, and what
 * fails at their beginnings, which Camel would write down with a stack each time.
 */
final class WatchedRoutes implements CamelContextConfiguration {

    private final RouteFigures figures;
    private final Tracers tracers;
    private final Outages outages;

    WatchedRoutes(MeterRegistry meters, Tracers tracers, Outages outages) {
        this.figures = new RouteFigures(meters);
        this.tracers = tracers;
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
        tracers.watch(camel);
    }

    @Override
    public void afterApplicationStart(CamelContext camel) {}
}
