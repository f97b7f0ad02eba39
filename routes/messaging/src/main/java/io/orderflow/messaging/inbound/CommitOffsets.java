package io.orderflow.messaging.inbound;

import io.orderflow.contracts.Channel;
import io.orderflow.contracts.Role;
import io.orderflow.messaging.Failures;
import io.orderflow.messaging.Outages;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.DefaultKafkaManualCommit;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits the last record of each partition of a batch, after the database has committed its effects. A batch mixes
 * partitions; Camel's own commit by a record speaks for that record's partition only, and would ask the broker once for
 * each.
 */
final class CommitOffsets implements Processor {

    private static final Logger log = LoggerFactory.getLogger(CommitOffsets.class);

    private final Role role;
    private final Channel channel;
    private final Outages outages;

    CommitOffsets(Role role, Channel channel, Outages outages) {
        this.role = role;
        this.channel = channel;
        this.outages = outages;
    }

    @Override
    public void process(Exchange batch) {
        List<?> handled = batch.getMessage().getBody(List.class);
        try {
            commit(handled);
        } catch (RuntimeException e) {
            say(batch, handled.size(), e);
            throw e;
        } catch (Error e) {
            say(batch, handled.size(), e);
            throw SaidFailures.survived(e);
        }
    }

    private static void commit(List<?> handled) {
        Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
        DefaultKafkaManualCommit last = null;
        for (Object one : handled) {
            last = commitOf(one);
            var record = last.getKafkaRecordPayload();
            next.put(record.partition, new OffsetAndMetadata(record.recordOffset + 1));
        }
        var consumer = last.getCamelExchangePayload().consumer;
        consumer.commitSync(next, Duration.ofMillis(last.getKafkaRecordPayload().commitTimeout));
    }

    /** That a partition has another reader by now is how a group works, and no fault. */
    private void say(Exchange batch, int events, Throwable failure) {
        SaidFailures.add(batch);
        var who = role + ": " + channel;
        var what = "the broker does not take the offsets of " + events
                + " handled events, delivers them again, and they have no second effect";
        if (failure instanceof CommitFailedException || failure instanceof RebalanceInProgressException) {
            log.info("{}: {}: {}", who, what, Failures.describe(failure));
        } else {
            outages.report(log, who, what, failure);
        }
    }

    /** What Camel knows of a polled record's origin. */
    static DefaultKafkaManualCommit commitOf(Object polled) {
        return ((Exchange) polled).getMessage().getHeader(KafkaConstants.MANUAL_COMMIT, DefaultKafkaManualCommit.class);
    }
}
