package io.orderflow.messaging;

import java.util.Collection;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/** One kind of work: a durable point-to-point channel between a flow and its workers. */
final class WorkEndpoint extends DefaultEndpoint {

    /** The exchange property that says which piece of work an exchange carries out. */
    static final String ITEM = "OrderflowWork";

    private final String channel;
    private final Backbone backbone;
    private final MessagingSettings settings;
    private final BackboneMetrics metrics;
    private final Figures figures;

    WorkEndpoint(
            String uri,
            WorkComponent component,
            String channel,
            Backbone backbone,
            MessagingSettings settings,
            BackboneMetrics metrics,
            Figures figures) {
        super(uri, component);
        this.channel = channel;
        this.backbone = backbone;
        this.settings = settings;
        this.metrics = metrics;
        this.figures = figures;
    }

    @Override
    public Producer createProducer() {
        return new DefaultProducer(this) {
            @Override
            public void process(Exchange exchange) {
                request(exchange.getMessage().getBody());
            }
        };
    }

    private void request(Object body) {
        switch (body) {
            case null -> {}
            case Work work -> Transaction.current(getEndpointUri()).request(channel, work);
            case Collection<?> several -> several.forEach(this::request);
            default ->
                throw new IllegalArgumentException(getEndpointUri() + ": body: "
                        + body.getClass().getSimpleName() + " (expected: work, or several)");
        }
    }

    @Override
    public Consumer createConsumer(Processor route) {
        figures.watchWork(backbone.role(), queue());
        return new WorkConsumer(
                this,
                route,
                channel,
                backbone,
                settings,
                metrics.workDone(backbone.role(), queue()),
                metrics.workFailed(backbone.role(), queue()));
    }

    /** The channel's name without its role's. */
    private String queue() {
        return channel.substring(channel.indexOf('.') + 1);
    }
}
