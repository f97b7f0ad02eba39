package io.orderflow.messaging.inbound;

import io.orderflow.contracts.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Where the readers of a service begin that hears only what comes after its installation. The ends of a topic's
 * partitions are noted in the service's schema the first time that one of its readers has no offset, by whichever
 * instance comes first; from then on the note holds, also if that instance dies before it commits an offset, and if the
 * broker forgets the group's offsets. A partition that is added later has no note, and is read from its first record.
 */
public final class Beginnings {

    private final JdbcTemplate jdbc;
    private final Role role;

    public Beginnings(JdbcTemplate jdbc, Role role) {
        this.jdbc = jdbc;
        this.role = role;
    }

    /**
     * The noted positions of a topic's partitions, noted now if none is yet. Empty for a topic that was made anew
     * since: all of it came after the installation.
     *
     * @param client the reader's own settings, which say how the broker is reached
     */
    Map<TopicPartition, Long> of(String topic, Properties client) {
        return BrokersAnswer.to(admin -> of(topic, admin), client, topic + ": its end");
    }

    private Map<TopicPartition, Long> of(String topic, Admin admin) throws ExecutionException, InterruptedException {
        var description =
                admin.describeTopics(List.of(topic)).allTopicNames().get().get(topic);
        var log = description.topicId().toString();
        if (isUnknown(topic)) {
            note(topic, log, ends(admin, description));
        }
        Map<TopicPartition, Long> noted = new HashMap<>();
        jdbc.query(
                "select partition, position from %s.beginning where log = ?".formatted(role),
                row -> {
                    noted.put(new TopicPartition(topic, row.getInt(1)), row.getLong(2));
                },
                log);
        return noted;
    }

    /** The noted position of a partition, of whatever log; 0 if none is. */
    long noted(TopicPartition partition) {
        return jdbc.queryForObject(
                "select coalesce(max(position), 0) from %s.beginning where topic = ? and partition = ?".formatted(role),
                Long.class,
                partition.topic(),
                partition.partition());
    }

    private boolean isUnknown(String topic) {
        return jdbc.queryForList("select 1 from %s.beginning where topic = ? limit 1".formatted(role), topic)
                .isEmpty();
    }

    /** All partitions in one statement: of several instances that note at the same time, one notes all of them. */
    private void note(String topic, String log, Map<TopicPartition, Long> ends) {
        jdbc.update(
                """
                insert into %s.beginning (topic, log, partition, position)
                select ?, ?, * from unnest(?::integer[], ?::bigint[]) order by 3
                on conflict do nothing""".formatted(role),
                topic,
                log,
                ends.keySet().stream().map(TopicPartition::partition).toArray(Integer[]::new),
                ends.values().toArray(Long[]::new));
    }

    /** Without what an open transaction has written: it comes after. */
    private static Map<TopicPartition, Long> ends(Admin admin, TopicDescription topic)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> asked = topic.partitions().stream()
                .collect(Collectors.toMap(
                        partition -> new TopicPartition(topic.name(), partition.partition()),
                        partition -> OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(asked, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                .all()
                .get()
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }
}
