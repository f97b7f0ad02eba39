package io.orderflow.messaging.flow;

import io.orderflow.messaging.Origin;
import io.orderflow.messaging.TraceContext;
import java.util.UUID;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.RuntimeCamelException;
import org.slf4j.MDC;

/**
 * The way into a service's route from the backbone: one exchange for each message, on the caller's thread, with the
 * body and nothing else, so that no header from outside ever reaches a flow.
 */
public final class Flow {

    static final String ORDER_ID = "order_id";
    static final String EVENT_ID = "event_id";

    private final Endpoint endpoint;
    private final Processor route;

    Flow(Endpoint endpoint, Processor route) {
        this.endpoint = endpoint;
        this.route = route;
    }

    /**
     * Sends one message through the route and answers its result.
     *
     * @param traceparent the trace context that the message belongs to, or null
     * @throws RuntimeException what the route threw
     */
    public Object send(Object body, String traceparent) {
        Exchange exchange = endpoint.createExchange();
        exchange.getMessage().setBody(body);
        TraceContext.attach(exchange, traceparent);
        return send(exchange);
    }

    /** The same with an event, which tells the route where it came from. */
    public Object send(Object event, String traceparent, Origin origin) {
        Exchange exchange = endpoint.createExchange();
        exchange.getMessage().setBody(event);
        TraceContext.attach(exchange, traceparent);
        origin.attachTo(exchange);
        return send(exchange);
    }

    public Object send(Exchange exchange) {
        try {
            route.process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
        if (exchange.getException() instanceof RuntimeException failure) {
            throw failure;
        }
        if (exchange.getException() != null) {
            throw new RuntimeCamelException(exchange.getException());
        }
        return exchange.getMessage().getBody();
    }

    /** Lets log lines of this thread carry the order and the event, as far as they are known. */
    public static void mark(UUID orderId, UUID eventId) {
        if (orderId != null) {
            MDC.put(ORDER_ID, orderId.toString());
        }
        if (eventId != null) {
            MDC.put(EVENT_ID, eventId.toString());
        }
    }

    public static void unmark() {
        MDC.remove(ORDER_ID);
        MDC.remove(EVENT_ID);
    }
}
