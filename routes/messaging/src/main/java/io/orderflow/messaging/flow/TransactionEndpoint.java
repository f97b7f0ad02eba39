package io.orderflow.messaging.flow;

import io.orderflow.messaging.EndpointName;
import io.orderflow.messaging.TraceContext;
import io.orderflow.messaging.tables.WorkItem;
import org.apache.camel.Component;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.ShutdownRunningTask;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;

/**
 * A flow's transaction. Its consumer is the flow; its producer waits until the message's transaction has committed and
 * answers with the flow's result.
 */
final class TransactionEndpoint extends DefaultEndpoint {

    private final EndpointName name;
    private final SharedTransactions shared;
    private final Flows flows;

    TransactionEndpoint(String uri, Component component, EndpointName name, SharedTransactions shared, Flows flows) {
        super(uri, component);
        this.name = name;
        this.shared = shared;
        this.flows = flows;
    }

    @Override
    public Consumer createConsumer(Processor route) {
        return new FlowConsumer(route);
    }

    /** At a shutdown it stops last, as a {@code direct:} does: whoever may still send here finishes first. */
    private final class FlowConsumer extends DefaultConsumer implements ShutdownAware {

        private final Flow flow;

        private FlowConsumer(Processor route) {
            super(TransactionEndpoint.this, route);
            flow = new Flow(TransactionEndpoint.this, route);
        }

        @Override
        protected void doStart() throws Exception {
            super.doStart();
            shared.start(flow);
            flows.add(name, flow);
        }

        @Override
        protected void doStop() throws Exception {
            flows.remove(name);
            shared.stop();
            super.doStop();
        }

        @Override
        public boolean deferShutdown(ShutdownRunningTask task) {
            return true;
        }

        @Override
        public int getPendingExchangesSize() {
            return 0;
        }

        @Override
        public void prepareShutdown(boolean suspendOnly, boolean forced) {}
    }

    @Override
    public Producer createProducer() {
        return new DefaultProducer(this) {
            @Override
            public void process(Exchange exchange) {
                var work = WorkConsumer.itemOf(exchange);
                exchange.getMessage().setBody(record(exchange.getMessage().getBody(), work, TraceContext.of(exchange)));
            }
        };
    }

    /** What a worker has done outside and cannot record is in doubt from then on. */
    private Object record(Object message, WorkItem work, String traceparent) {
        try {
            return shared.send(message, work, traceparent);
        } catch (RuntimeException e) {
            if (work != null) {
                work.doubt();
            }
            throw e;
        }
    }
}
