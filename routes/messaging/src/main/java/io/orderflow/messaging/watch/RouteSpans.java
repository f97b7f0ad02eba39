package io.orderflow.messaging.watch;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import io.orderflow.messaging.TraceContext;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Route;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.spi.RoutePolicyFactory;
import org.apache.camel.support.RoutePolicySupport;

/**
 * A span for each route that an exchange passes, by the route's name. It hangs below what the message was caused by,
 * and what the route causes hangs below it: {@link TraceContext} carries it through requests, rows, records and work.
 */
final class RouteSpans implements RoutePolicyFactory {

    private final Function<String, Tracer> tracers;

    /** @param tracers who takes the spans of a service */
    RouteSpans(Function<String, Tracer> tracers) {
        this.tracers = tracers;
    }

    /** A span under way: what is current on its thread, and the trace context that it stands in for. */
    private record UnderWay(Span span, Scope scope, String before) {}

    @Override
    public RoutePolicy createRoutePolicy(CamelContext camel, String routeId, NamedNode definition) {
        var underWay = "OrderflowSpan." + routeId;
        var tracer = tracers.apply(routeId.split("\\.", 2)[0]);
        return new RoutePolicySupport() {
            @Override
            public void onExchangeBegin(Route route, Exchange exchange) {
                var before = TraceContext.of(exchange);
                var span = tracer.spanBuilder(routeId)
                        .setParent(cause(before))
                        .setSpanKind(kind(route))
                        .startSpan();
                exchange.setProperty(underWay, new UnderWay(span, span.makeCurrent(), before));
                if (span.getSpanContext().isValid()) {
                    TraceContext.attach(exchange, traceparent(span.getSpanContext()));
                }
            }

            @Override
            public void onExchangeDone(Route route, Exchange exchange) {
                if (exchange.removeProperty(underWay) instanceof UnderWay(var span, var scope, var before)) {
                    TraceContext.attach(exchange, before);
                    if (exchange.getException() != null) {
                        span.setStatus(
                                StatusCode.ERROR,
                                exchange.getException().getClass().getSimpleName());
                    }
                    scope.close();
                    span.end();
                }
            }
        };
    }

    /** What an agent has begun on this thread for the same trace, or what came with the message. */
    private static Context cause(String traceparent) {
        var here = Context.current();
        if (traceparent == null
                || traceparent.contains(Span.fromContext(here).getSpanContext().getTraceId())) {
            return here;
        }
        var parts = traceparent.split("-");
        return here.with(Span.wrap(SpanContext.createFromRemoteParent(
                parts[1], parts[2], TraceFlags.fromHex(parts[3], 0), TraceState.getDefault())));
    }

    private static String traceparent(SpanContext span) {
        return "00-" + span.getTraceId() + "-" + span.getSpanId() + "-"
                + span.getTraceFlags().asHex();
    }

    private static SpanKind kind(Route route) {
        var uri = route.getEndpoint().getEndpointBaseUri();
        if (uri.startsWith("platform-http:")) {
            return SpanKind.SERVER;
        }
        return uri.startsWith("kafka:") || uri.startsWith("work:") ? SpanKind.CONSUMER : SpanKind.INTERNAL;
    }
}
