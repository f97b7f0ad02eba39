package io.orderflow.messaging;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.KafkaManualCommit;

/**
 * Commits the last record of each partition of a batch, after the database has committed its effects. A batch mixes partitions, and a commit by one record speaks for its
 * own partition only.
 */
final class CommitOffsets implements Processor {

    @Override
    public void process(Exchange batch) {
        Map<Integer, KafkaManualCommit> last = new LinkedHashMap<>();
        for (Object one : batch.getMessage().getBody(List.class)) {
            var message = ((Exchange) one).getMessage();
            last.put(
                    message.getHeader(KafkaConstants.PARTITION, Integer.class),
                    message.getHeader(KafkaConstants.MANUAL_COMMIT, KafkaManualCommit.class));
        }
        last.values().forEach(KafkaManualCommit::commit);
    }
}
