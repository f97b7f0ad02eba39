package io.orderflow.messaging.inbound;

import io.orderflow.contracts.Role;
import io.orderflow.messaging.Failures;
import io.orderflow.messaging.Outages;
import io.orderflow.messaging.Stopper;
import io.orderflow.messaging.relay.KafkaCluster;
import io.orderflow.messaging.tables.Received;
import io.orderflow.messaging.watch.Counters;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Looks, when a role starts, whether its database knows what its group has handled. Offsets are committed after the
 * database, so the events just before a group's offsets are in the inbox or parked, unless the database was restored to
 * an earlier time: then what came between would be passed over in silence. Nothing is written for this on the way of an
 * event: the log and the inbox know it.
 */
public final class RestoredDatabase {

    private static final Logger log = LoggerFactory.getLogger(RestoredDatabase.class);

    /** How many records of a partition are looked at; many of them may be of types that the role does not handle. */
    private static final int RECORDS = 50;

    private static final ByteArrayDeserializer BYTES = new ByteArrayDeserializer();

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration TRY_EVERY = Duration.ofSeconds(10);

    private final Receivers receivers;
    private final KafkaCluster cluster;
    private final JdbcTemplate jdbc;
    private final Counters counters;
    private final Outages outages;

    /** What groups had committed when it was first heard, and is not compared yet: a reader that runs commits on. */
    private final Map<Role, Map<TopicPartition, OffsetAndMetadata>> first = new ConcurrentHashMap<>();

    public RestoredDatabase(
            Receivers receivers, KafkaCluster cluster, JdbcTemplate jdbc, Counters counters, Outages outages) {
        this.receivers = receivers;
        this.cluster = cluster;
        this.jdbc = jdbc;
        this.counters = counters;
        this.outages = outages;
    }

    /** Looks once, as soon as the servers answer, on a thread of its own. */
    public void lookAt(Role role, Stopper stopper) {
        first.remove(role);
        Thread.ofVirtual().name(role + "-restored").start(() -> {
            try {
                while (!looked(role)) {
                    stopper.pause(TRY_EVERY, "restored");
                }
            } catch (Failures.Stopping e) {
                log.debug("{}: its positions are not compared any more", role);
            }
        });
    }

    /** False where a server does not answer. */
    boolean looked(Role role) {
        return looked(role, PATIENCE);
    }

    boolean looked(Role role, Duration patience) {
        try (var consumer = new KafkaConsumer<>(settings(role), BYTES, BYTES)) {
            look(role, consumer, patience);
            first.remove(role);
            return true;
        } catch (RuntimeException e) {
            outages.report(log, role + ": positions", "cannot be compared with the database", e);
            return false;
        }
    }

    /** Of a consumer in the role's group that joins nothing and commits nothing. */
    private Properties settings(Role role) {
        var settings = new Properties();
        settings.putAll(cluster.options());
        settings.put("bootstrap.servers", cluster.brokers());
        settings.put("client.id", cluster.group(role) + "-restored");
        settings.put("group.id", cluster.group(role));
        settings.put("enable.auto.commit", "false");
        settings.put("auto.offset.reset", "none");
        settings.put("isolation.level", "read_committed");
        return settings;
    }

    private void look(Role role, Consumer<byte[], byte[]> consumer, Duration patience) {
        var committed = first.computeIfAbsent(role, one -> committed(one, consumer));
        committed.keySet().removeAll(new LogIds(settings(role)).madeAnew(committed.keySet(), committed));
        var starts = consumer.beginningOffsets(committed.keySet());
        var ends = consumer.endOffsets(committed.keySet());
        Map.copyOf(committed).forEach((partition, next) -> {
            long start = Math.max(starts.get(partition), new Beginnings(jdbc, role).noted(partition));
            // An offset beyond the end was committed for a log that has lost its end.
            if (start < next.offset() && next.offset() <= ends.get(partition)) {
                compare(role, partition, last(consumer, partition, start, next.offset(), patience));
            }
            committed.remove(partition);
        });
    }

    private Map<TopicPartition, OffsetAndMetadata> committed(Role role, Consumer<byte[], byte[]> consumer) {
        var committed = new HashMap<>(consumer.committed(partitions(role, consumer)));
        committed.values().removeIf(Objects::isNull);
        return committed;
    }

    /** Those of the topics that keep all of their records. */
    private Set<TopicPartition> partitions(Role role, Consumer<byte[], byte[]> consumer) {
        return receivers.topics(role).stream()
                .filter(topic -> !receivers.of(role, topic).channel().compacted())
                .flatMap(topic -> consumer.partitionsFor(cluster.topic(topic)).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .collect(Collectors.toSet());
    }

    private static List<ConsumerRecord<byte[], byte[]>> last(
            Consumer<byte[], byte[]> consumer, TopicPartition partition, long start, long position, Duration patience) {
        consumer.assign(List.of(partition));
        consumer.seek(partition, Math.max(start, position - RECORDS));
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        long deadline = System.nanoTime() + patience.toNanos();
        while (consumer.position(partition) < position && System.nanoTime() < deadline) {
            consumer.poll(Duration.ofMillis(500)).records(partition).stream()
                    .filter(record -> record.offset() < position)
                    .forEach(records::add);
        }
        if (consumer.position(partition) < position) {
            throw new TimeoutException(partition + ": not read up to " + position);
        }
        return records;
    }

    private void compare(Role role, TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
        var topic = cluster.declared(partition.topic());
        var receiver = receivers.of(role, topic);
        var events = records.stream()
                .map(record -> receiver.look(received(topic, record)))
                .filter(Inbound.Understood.class::isInstance)
                .map(Inbound.Understood.class::cast)
                .toList();
        var unknown = afterTheLastKnown(events, receiver.unknown(events));
        if (!unknown.isEmpty()) {
            log.error(
                    "{}: {}: the database does not know the last {} events that the group has handled, from {} on:"
                            + " it was restored to an earlier time, and they are passed over"
                            + " (expected: the role stopped and its group set back; see docs/leaving.md)",
                    role,
                    partition,
                    unknown.size() == events.size() ? "(or more) " + unknown.size() : unknown.size(),
                    unknown.getFirst().received().offset());
            counters.missed(role, topic, unknown.size());
        }
    }

    /** One before that which is known is no restore: a version before did not handle its type. */
    private static List<Inbound.Understood> afterTheLastKnown(
            List<Inbound.Understood> events, List<Inbound.Understood> unknown) {
        int first = events.size();
        while (first > 0 && unknown.contains(events.get(first - 1))) {
            first--;
        }
        return events.subList(first, events.size());
    }

    static Received received(String topic, ConsumerRecord<byte[], byte[]> record) {
        var headers = StreamSupport.stream(record.headers().spliterator(), false)
                .map(header -> new Received.Header(header.key(), header.value()))
                .toList();
        return new Received(
                topic,
                record.partition(),
                record.offset(),
                record.key(),
                record.value(),
                Instant.ofEpochMilli(record.timestamp()),
                headers);
    }
}
