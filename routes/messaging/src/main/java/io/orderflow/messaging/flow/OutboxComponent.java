package io.orderflow.messaging.flow;

import io.orderflow.contracts.Channel;
import io.orderflow.contracts.Event;
import io.orderflow.contracts.Topology;
import io.orderflow.messaging.EndpointName;
import io.orderflow.messaging.Outcome;
import io.orderflow.messaging.TraceContext;
import java.util.Collection;
import java.util.Map;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** {@code outbox:<role>.<topic>}: stores events in the flow's transaction; they reach Kafka after its commit. */
public final class OutboxComponent extends DefaultComponent {

    private final Topology topology;

    public OutboxComponent(Topology topology) {
        this.topology = topology;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        var name = EndpointName.of(remaining);
        var role = name.role();
        var channel = topology.find(name.name())
                .filter(found -> found.writers().contains(role))
                .orElseThrow(() -> new IllegalArgumentException(
                        uri + ": (expected: one of " + topology.writtenBy(role) + ", which " + role + " writes)"));
        return new OutboxEndpoint(uri, this, channel);
    }

    private static final class OutboxEndpoint extends DefaultEndpoint {

        private final Channel channel;

        OutboxEndpoint(String uri, Component component, Channel channel) {
            super(uri, component);
            this.channel = channel;
        }

        @Override
        public Producer createProducer() {
            return new DefaultProducer(this) {
                @Override
                public void process(Exchange exchange) {
                    announce(exchange.getMessage().getBody(), TraceContext.of(exchange));
                }
            };
        }

        private void announce(Object body, String traceparent) {
            switch (body) {
                case null -> {}
                case Event event -> announce(event, traceparent);
                case Outcome outcome ->
                    outcome.events().stream()
                            .filter(event -> channel.carries(event.getClass()))
                            .forEach(event -> announce(event, traceparent));
                case Collection<?> several -> several.forEach(one -> announce(one, traceparent));
                default ->
                    throw new IllegalArgumentException(getEndpointUri() + ": body: "
                            + body.getClass().getSimpleName() + " (expected: an event, an outcome, or several)");
            }
        }

        private void announce(Event event, String traceparent) {
            if (!channel.carries(event.getClass())) {
                throw new IllegalArgumentException(getEndpointUri() + ": body: "
                        + event.getClass().getSimpleName() + " (expected: one of " + channel.events() + ")");
            }
            Transaction.current(getEndpointUri()).announce(channel, event, traceparent);
        }

        @Override
        public Consumer createConsumer(Processor route) {
            throw new UnsupportedOperationException(getEndpointUri() + ": events go out here (expected: to, not from)");
        }
    }
}
