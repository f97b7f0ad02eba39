package io.orderflow.messaging.model;

import io.orderflow.contracts.Event;
import io.orderflow.contracts.Topology;
import io.orderflow.messaging.Outcome;
import io.orderflow.messaging.UnitOfWork;
import io.orderflow.messaging.Work;
import io.orderflow.messaging.WorkHeaders;
import io.orderflow.messaging.flow.TestFlow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.builder.RouteConfigurationBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/**
 * The services' routes in one Camel context whose {@code transaction:}, {@code outbox:}, {@code work:} and
 * {@code timer:} lead into the model. What a worker or a timer sends to a {@code transaction:} is only collected: the
 * transaction is a step of its own.
 */
final class Flows implements AutoCloseable {

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final Map<String, DefaultConsumer> routes = new HashMap<>();
    private final Topology topology;
    private Collected collected = new Collected();

    /** A message on its way to the flow of this name. */
    record Sent(String flow, Object message) {

        @Override
        public String toString() {
            return message.toString();
        }
    }

    record Said(String topic, Event event) {}

    record Requested(String channel, Work work) {}

    /** What routes have said, asked for and sent on. */
    static final class Collected {
        final List<Said> said = new ArrayList<>();
        final List<Requested> requested = new ArrayList<>();
        final List<Sent> sent = new ArrayList<>();
        final List<Object> results = new ArrayList<>();
    }

    Flows(Topology topology, List<? extends Modelled> services, Map<String, ? extends Component> outside)
            throws Exception {
        this.topology = topology;
        camel.disableJMX();
        camel.setStreamCaching(false);
        camel.addComponent("transaction", component((name, body) -> collected.sent.add(new Sent(name, body))));
        camel.addComponent("outbox", component(this::say));
        camel.addComponent("work", component(this::request));
        camel.addComponent("timer", component((name, body) -> {}));
        outside.forEach(camel::addComponent);
        camel.addRoutes(new RouteConfigurationBuilder() {
            @Override
            public void configuration() {
                routeConfiguration().errorHandler(noErrorHandler());
            }
        });
        for (var service : services) {
            camel.addRoutes(service.routes());
        }
        camel.start();
    }

    @Override
    public void close() {
        camel.stop();
    }

    /**
     * Opens the units of work around these messages, as the backbone does it. They hear of no commit: what they do then
     * is counting, and the model looks at rows.
     */
    Collected transact(List<UnitOfWork> units, List<Sent> messages) {
        collected = new Collected();
        try {
            var bodies = messages.stream().map(Sent::message).toList();
            units.forEach(unit -> unit.load(bodies));
            messages.forEach(one -> collected.results.add(send("transaction:" + one.flow(), one.message(), Map.of())));
            units.forEach(UnitOfWork::flush);
        } finally {
            units.forEach(UnitOfWork::clear);
        }
        return collected;
    }

    /** Runs the route of a worker. */
    List<Sent> carryOut(String channel, Work work, int attempt, boolean inDoubt) {
        collected = new Collected();
        send("work:" + channel, work, Map.of(WorkHeaders.ATTEMPT, attempt, WorkHeaders.IN_DOUBT, inDoubt));
        return collected.sent;
    }

    /** Runs the route of a timer. */
    List<Sent> fire(String timer) {
        collected = new Collected();
        send("timer:" + timer, null, Map.of());
        return collected.sent;
    }

    private Object send(String name, Object body, Map<String, Object> headers) {
        var route = routes.get(name);
        if (route == null) {
            throw new IllegalArgumentException(name + ": (expected: one of " + routes.keySet() + ")");
        }
        return TestFlow.send(route, body, headers);
    }

    private void say(String name, Object body) {
        var topic = name.substring(name.indexOf('.') + 1);
        var channel = topology.find(topic).orElseThrow();
        switch (body) {
            case null -> {}
            case Event event -> {
                if (!channel.carries(event.getClass())) {
                    throw new IllegalArgumentException(
                            name + ": " + event + " (expected: one of " + channel.events() + ")");
                }
                collected.said.add(new Said(topic, event));
            }
            case Outcome outcome ->
                outcome.events().stream()
                        .filter(event -> channel.carries(event.getClass()))
                        .forEach(event -> say(name, event));
            case Collection<?> several -> several.forEach(one -> say(name, one));
            default -> throw new IllegalArgumentException(name + ": " + body + " (expected: events)");
        }
    }

    private void request(String channel, Object body) {
        switch (body) {
            case null -> {}
            case Work work -> collected.requested.add(new Requested(channel, work));
            case Collection<?> several -> several.forEach(one -> request(channel, one));
            default -> throw new IllegalArgumentException(channel + ": " + body + " (expected: work)");
        }
    }

    private DefaultComponent component(BiConsumer<String, Object> taken) {
        return new DefaultComponent() {
            @Override
            protected Endpoint createEndpoint(String uri, String name, Map<String, Object> parameters) {
                parameters.clear();
                return new Seam(uri, this, name, taken);
            }
        };
    }

    /** An endpoint whose messages the model takes, and whose route the model feeds. */
    private final class Seam extends DefaultEndpoint {

        private final String name;
        private final BiConsumer<String, Object> taken;

        private Seam(String uri, DefaultComponent component, String name, BiConsumer<String, Object> taken) {
            super(uri, component);
            this.name = name;
            this.taken = taken;
        }

        @Override
        public Producer createProducer() {
            return new DefaultProducer(this) {
                @Override
                public void process(Exchange exchange) {
                    taken.accept(name, exchange.getMessage().getBody());
                }
            };
        }

        @Override
        public Consumer createConsumer(Processor route) {
            var consumer = new DefaultConsumer(this, route);
            var scheme = getEndpointUri().substring(0, getEndpointUri().indexOf(':'));
            routes.put(scheme + ":" + name, consumer);
            return consumer;
        }
    }
}
