package io.orderflow.messaging.inbound;

import io.orderflow.contracts.Channel;
import io.orderflow.contracts.Role;
import io.orderflow.messaging.Failures;
import io.orderflow.messaging.tables.Received;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.kafka.common.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives a polled batch to {@link Arrivals}. */
final class DeliverBatch extends ServiceSupport implements Processor {

    private static final Logger log = LoggerFactory.getLogger(DeliverBatch.class);

    private final Arrivals arrivals;
    private final Role role;
    private final Channel channel;

    DeliverBatch(Arrivals arrivals, Role role, Channel channel) {
        this.arrivals = arrivals;
        this.role = role;
        this.channel = channel;
    }

    /** With the route. */
    @Override
    protected void doStart() {
        arrivals.reset();
    }

    @Override
    public void process(Exchange batch) {
        List<Received> records = new ArrayList<>();
        for (Object one : batch.getMessage().getBody(List.class)) {
            records.add(received(((Exchange) one).getMessage()));
        }
        try {
            arrivals.deliver(records);
        } catch (Failures.Stopping e) {
            throw e;
        } catch (RuntimeException e) {
            log.warn(
                    "{}: {}: gives {} events back to the broker, which delivers them again: {}",
                    role,
                    channel,
                    records.size(),
                    Failures.describe(e));
            throw e;
        }
    }

    private Received received(Message message) {
        List<Received.Header> headers = new ArrayList<>();
        message.getHeader(KafkaConstants.HEADERS, Headers.class)
                .forEach(header -> headers.add(new Received.Header(header.key(), header.value())));
        return new Received(
                channel.topic(),
                message.getHeader(KafkaConstants.PARTITION, Integer.class),
                message.getHeader(KafkaConstants.OFFSET, Long.class),
                (byte[]) message.getHeader(KafkaConstants.KEY),
                (byte[]) message.getBody(),
                Instant.ofEpochMilli(message.getHeader(KafkaConstants.TIMESTAMP, Long.class)),
                headers);
    }
}
