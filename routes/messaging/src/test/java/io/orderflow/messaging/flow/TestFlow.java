package io.orderflow.messaging.flow;

import java.util.Map;
import org.apache.camel.Consumer;

/** The backbone's own way into a route, for seams that stand in for the backbone. */
public final class TestFlow {

    private TestFlow() {}

    /**
     * Sends one message through a route and answers its result.
     *
     * @throws RuntimeException what the route threw
     */
    public static Object send(Consumer route, Object body, Map<String, Object> headers) {
        var exchange = route.getEndpoint().createExchange();
        exchange.getMessage().setBody(body);
        headers.forEach(exchange.getMessage()::setHeader);
        return new Flow(route.getEndpoint(), route.getProcessor()).send(exchange);
    }
}
