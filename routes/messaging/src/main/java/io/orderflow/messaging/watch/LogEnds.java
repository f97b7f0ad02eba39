package io.orderflow.messaging.watch;

import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * How far the logs that a role hears went at a moment, and how far the role had come.
 *
 * @param at by the database's clock
 * @param logs the topics' ids: a topic that was made anew is another log
 * @param ends of the partitions, asked after the moment
 * @param handled up to where the group has handled each
 */
public record LogEnds(
        Instant at, Map<String, Uuid> logs, Map<TopicPartition, Long> ends, Map<TopicPartition, Long> handled) {

    /** Whether what was there before can still be reached. */
    boolean continues(LogEnds before) {
        return logs.equals(before.logs)
                && before.ends.entrySet().stream()
                        .allMatch(end -> ends.getOrDefault(end.getKey(), -1L) >= end.getValue());
    }

    boolean hasReached(LogEnds before) {
        return before.ends.entrySet().stream().allMatch(end -> handled.get(end.getKey()) >= end.getValue());
    }
}
