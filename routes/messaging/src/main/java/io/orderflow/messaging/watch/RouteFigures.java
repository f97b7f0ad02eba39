package io.orderflow.messaging.watch;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.function.ToDoubleFunction;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.ServiceStatus;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.RoutePolicySupport;
import org.springframework.boot.SpringBootVersion;

/**
 * How often each route ran, how it ended and how long it took: the figures of Camel's own camel-micrometer, which there
 * is not for this line, by the same names and labels, so that dashboards for Camel fit.
 */
public final class RouteFigures implements RoutePolicyFactory {

    private final MeterRegistry meters;

    public RouteFigures(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Measures each route of a context, and shows what there is of it as a whole. */
    public void measure(CamelContext camel) {
        camel.addRoutePolicyFactory(this);
        var tags = Tags.of("camelContext", camel.getName(), "kind", "CamelRoute", "eventType", "RouteEvent");
        gauge("camel.routes.added", tags, camel, CamelContext::getRoutesSize);
        gauge("camel.routes.running", tags, camel, RouteFigures::running);
        gauge("camel.routes.reloaded", tags, camel, none -> 0);
        Gauge.builder("app.info", () -> 1)
                .tags("camel.context", camel.getName(), "camel.version", camel.getVersion())
                .tags("camel.runtime.provider", "Spring-Boot", "camel.runtime.version", SpringBootVersion.getVersion())
                .register(meters);
    }

    private void gauge(String name, Tags tags, CamelContext camel, ToDoubleFunction<CamelContext> value) {
        Gauge.builder(name, camel, value).tags(tags).baseUnit("routes").register(meters);
    }

    private static long running(CamelContext camel) {
        return camel.getRoutes().stream()
                .map(route -> camel.getRouteController().getRouteStatus(route.getRouteId()))
                .filter(ServiceStatus.Started::equals)
                .count();
    }

    @Override
    public RoutePolicy createRoutePolicy(CamelContext camel, String routeId, NamedNode route) {
        return new Figures(
                routeId,
                Tags.of(
                        "camelContext",
                        camel.getName(),
                        "kind",
                        "CamelRoute",
                        "eventType",
                        "route",
                        "routeId",
                        routeId));
    }

    private final class Figures extends RoutePolicySupport {

        private final String begun;
        private final Tags tags;
        private final Timer time;
        private final Counter total;
        private final Counter succeeded;
        private final Counter failed;
        private final Counter failuresHandled;
        private final Counter redelivered;

        private Figures(String route, Tags tags) {
            this.begun = "OrderflowBegun." + route;
            this.tags = tags;
            time = Timer.builder("camel.route.policy")
                    .description("Route performance metrics")
                    .tags(tags)
                    .register(meters);
            total = counter("camel.exchanges.total", "Total number of processed exchanges");
            succeeded = counter("camel.exchanges.succeeded", "Number of successfully completed exchanges");
            failed = counter("camel.exchanges.failed", "Number of failed exchanges");
            failuresHandled = counter("camel.exchanges.failures.handled", "Number of failures handled");
            redelivered = counter(
                    "camel.exchanges.external.redeliveries",
                    "Number of external initiated redeliveries (such as from JMS broker)");
        }

        private Counter counter(String name, String description) {
            return Counter.builder(name).description(description).tags(tags).register(meters);
        }

        @Override
        public void onExchangeBegin(Route route, Exchange exchange) {
            exchange.setProperty(begun, Timer.start(meters));
        }

        @Override
        public void onExchangeDone(Route route, Exchange exchange) {
            if (exchange.removeProperty(begun) instanceof Timer.Sample sample) {
                sample.stop(time);
            }
            total.increment();
            (exchange.isFailed() ? failed : succeeded).increment();
            if (ExchangeHelper.isFailureHandled(exchange)) {
                failuresHandled.increment();
            }
            if (exchange.isExternalRedelivered()) {
                redelivered.increment();
            }
        }
    }
}
