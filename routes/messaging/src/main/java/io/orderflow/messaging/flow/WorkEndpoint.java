package io.orderflow.messaging.flow;

import io.orderflow.messaging.EndpointName;
import io.orderflow.messaging.TraceContext;
import io.orderflow.messaging.Work;
import io.orderflow.messaging.watch.Counters;
import java.util.Collection;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** One kind of work: a durable point-to-point channel between a flow and its workers. */
final class WorkEndpoint extends DefaultEndpoint {

    private final EndpointName name;
    private final Backbone backbone;
    private final Working working;
    private final Counters counters;

    WorkEndpoint(
            String uri, Component component, EndpointName name, Backbone backbone, Working working, Counters counters) {
        super(uri, component);
        this.name = name;
        this.backbone = backbone;
        this.working = working;
        this.counters = counters;
    }

    @Override
    public Producer createProducer() {
        return new DefaultProducer(this) {
            @Override
            public void process(Exchange exchange) {
                request(exchange.getMessage().getBody(), TraceContext.of(exchange));
            }
        };
    }

    private void request(Object body, String traceparent) {
        switch (body) {
            case null -> {}
            case Work work -> Transaction.current(getEndpointUri()).request(name.toString(), work, traceparent);
            case Collection<?> several -> several.forEach(one -> request(one, traceparent));
            default ->
                throw new IllegalArgumentException(getEndpointUri() + ": body: "
                        + body.getClass().getSimpleName() + " (expected: work, or several)");
        }
    }

    @Override
    public Consumer createConsumer(Processor route) {
        backbone.addQueue(name.name());
        return new WorkConsumer(
                this,
                route,
                name.toString(),
                backbone,
                working,
                counters.workDone(name.role(), name.name()),
                counters.workFailed(name.role(), name.name()));
    }
}
