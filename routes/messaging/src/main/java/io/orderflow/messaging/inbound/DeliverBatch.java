package io.orderflow.messaging.inbound;

import io.orderflow.contracts.Channel;
import io.orderflow.contracts.Role;
import io.orderflow.messaging.Failures;
import io.orderflow.messaging.Outages;
import io.orderflow.messaging.tables.Received;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.support.service.ServiceSupport;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a polled batch to {@link Arrivals}, and to the consumer what a stopped one tries later; what is settled goes
 * on, for its offsets to be committed.
 */
final class DeliverBatch extends ServiceSupport implements Processor {

    private static final Logger log = LoggerFactory.getLogger(DeliverBatch.class);

    private final Arrivals arrivals;
    private final Role role;
    private final Channel channel;
    private final Outages outages;

    DeliverBatch(Arrivals arrivals, Role role, Channel channel, Outages outages) {
        this.arrivals = arrivals;
        this.role = role;
        this.channel = channel;
        this.outages = outages;
    }

    /** With the route. */
    @Override
    protected void doStart() {
        arrivals.reset();
    }

    @Override
    public void process(Exchange batch) {
        List<?> polled = batch.getMessage().getBody(List.class);
        try {
            deliver(batch, polled);
        } catch (Failures.Stopping e) {
            throw e;
        } catch (RuntimeException e) {
            say(batch, polled.size(), e);
            throw e;
        } catch (Error e) {
            say(batch, polled.size(), e);
            throw SaidFailures.survived(e);
        }
    }

    private void deliver(Exchange batch, List<?> polled) {
        List<Received> records = new ArrayList<>();
        for (Object one : polled) {
            records.add(received(((Exchange) one).getMessage()));
        }
        int settled = arrivals.deliver(records);
        if (settled < polled.size()) {
            giveBack(polled.subList(settled, polled.size()));
            batch.getMessage().setBody(List.copyOf(polled.subList(0, settled)));
            batch.setRouteStop(settled == 0);
        }
    }

    private void say(Exchange batch, int events, Throwable failure) {
        outages.report(
                log,
                role + ": " + channel,
                "gives " + events + " events back to the broker, which delivers them again",
                failure);
        SaidFailures.add(batch);
    }

    private void giveBack(List<?> later) {
        Map<TopicPartition, Long> from = new HashMap<>();
        for (Object one : later) {
            var record = CommitOffsets.commitOf(one).getKafkaRecordPayload();
            from.putIfAbsent(record.partition, record.recordOffset);
        }
        var consumer = CommitOffsets.commitOf(later.getFirst()).getCamelExchangePayload().consumer;
        ((DrainingConsumer) consumer).takeBack(from, arrivals.due());
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
