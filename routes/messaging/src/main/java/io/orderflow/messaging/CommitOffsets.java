package io.orderflow.messaging;

import io.orderflow.contracts.Channel;
import io.orderflow.contracts.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.KafkaManualCommit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits the last record of each partition of a batch, after the database has committed its effects. A batch mixes partitions, and a commit by one record speaks for its
 * own partition only.
 */
final class CommitOffsets implements Processor {

    private static final Logger log = LoggerFactory.getLogger(CommitOffsets.class);

    private final Role role;
    private final Channel channel;

    CommitOffsets(Role role, Channel channel) {
        this.role = role;
        this.channel = channel;
    }

    @Override
    public void process(Exchange batch) {
        Map<Integer, KafkaManualCommit> last = new LinkedHashMap<>();
        for (Object one : batch.getMessage().getBody(List.class)) {
            var message = ((Exchange) one).getMessage();
            last.put(
                    message.getHeader(KafkaConstants.PARTITION, Integer.class),
                    message.getHeader(KafkaConstants.MANUAL_COMMIT, KafkaManualCommit.class));
        }
        try {
            last.values().forEach(KafkaManualCommit::commit);
        } catch (RuntimeException e) {
            log.warn(
                    "{}: {}: the broker does not take the offsets of {} handled events, delivers them again, and they have no second effect: {}",
                    role,
                    channel,
                    batch.getMessage().getBody(List.class).size(),
                    Failures.describe(e));
            throw e;
        }
    }
}
