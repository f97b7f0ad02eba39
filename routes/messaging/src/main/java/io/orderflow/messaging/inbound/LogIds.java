package io.orderflow.messaging.inbound;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * The ids of the logs that a consumer reads, kept beside each position that it commits: a position says nothing of a
 * topic that was made anew, although it may have grown past it. Used by one consumer thread.
 */
final class LogIds {

    private static final String MARK = "log:";

    private final Properties client;
    private final Map<String, String> ids = new HashMap<>();

    /** @param client the consumer's own settings, which say how the broker is reached */
    LogIds(Properties client) {
        this.client = client;
    }

    /** Asks the broker for the logs of these partitions, whose next positions are theirs. */
    void learn(Set<TopicPartition> partitions) {
        ids.putAll(now(partitions.stream().map(TopicPartition::topic).collect(Collectors.toSet())));
    }

    /**
     * Learns the logs of these partitions, and answers those whose position was committed for another.
     *
     * @param committed the group's positions; one without a mark, as other versions and tools commit it, is believed
     */
    Set<TopicPartition> madeAnew(Set<TopicPartition> partitions, Map<TopicPartition, OffsetAndMetadata> committed) {
        learn(partitions);
        return partitions.stream()
                .filter(partition -> isOfAnother(partition, committed.get(partition)))
                .collect(Collectors.toSet());
    }

    private boolean isOfAnother(TopicPartition partition, OffsetAndMetadata position) {
        return position != null
                && position.metadata().startsWith(MARK)
                && !position.metadata().equals(ids.get(partition.topic()));
    }

    /** The same positions, each with the id of its log. */
    Map<TopicPartition, OffsetAndMetadata> marked(Map<TopicPartition, OffsetAndMetadata> positions) {
        Map<TopicPartition, OffsetAndMetadata> marked = new HashMap<>();
        positions.forEach((partition, position) -> marked.put(
                partition,
                new OffsetAndMetadata(
                        position.offset(), position.leaderEpoch(), ids.getOrDefault(partition.topic(), ""))));
        return marked;
    }

    private Map<String, String> now(Collection<String> topics) {
        return BrokersAnswer.to(
                admin -> admin.describeTopics(topics).allTopicNames().get().values().stream()
                        .collect(Collectors.toMap(topic -> topic.name(), topic -> MARK + topic.topicId())),
                client,
                topics + ": their ids");
    }
}
