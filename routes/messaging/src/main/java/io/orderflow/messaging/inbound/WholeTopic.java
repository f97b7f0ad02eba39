package io.orderflow.messaging.inbound;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * One topic from its beginnings to the ends that it has at first. A topic that is made anew meanwhile, or loses its
 * tail, never comes to those: then it is read to the ends that it has come to have.
 */
final class WholeTopic {

    private static final Duration POLL = Duration.ofMillis(500);

    private final Consumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions;
    private final Map<TopicPartition, Long> ends;

    /** @param consumer that reads nothing else */
    WholeTopic(Consumer<byte[], byte[]> consumer, String topic) {
        this.consumer = consumer;
        this.partitions = consumer.partitionsFor(topic).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        this.ends = new HashMap<>(consumer.endOffsets(partitions));
    }

    boolean hasMore() {
        return partitions.stream().anyMatch(this::isShortOfItsEnd);
    }

    private boolean isShortOfItsEnd(TopicPartition partition) {
        return consumer.position(partition) < ends.get(partition);
    }

    /**
     * What comes next; nothing where nothing comes for a while. Where the end is reached nothing more is read, or what
     * is said there meanwhile would hide that nothing comes elsewhere.
     */
    List<ConsumerRecord<byte[], byte[]>> next() {
        consumer.pause(partitions.stream()
                .filter(partition -> !isShortOfItsEnd(partition))
                .toList());
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        consumer.poll(POLL).forEach(records::add);
        if (records.isEmpty()) {
            consumer.endOffsets(partitions).forEach((partition, end) -> ends.merge(partition, end, Math::min));
        }
        return records;
    }
}
