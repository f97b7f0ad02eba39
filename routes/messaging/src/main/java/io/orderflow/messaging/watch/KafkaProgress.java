package io.orderflow.messaging.watch;

import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import io.orderflow.messaging.Outages;
import io.orderflow.messaging.Progress;
import io.orderflow.messaging.relay.KafkaCluster;
import io.orderflow.messaging.tables.Outbox;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Progress as the broker sees it: a sample of the ends of the role's topics, taken at a known time, is reached when the
 * group's committed offsets have passed it. Offsets are committed after the database, so what lies before has taken
 * effect. {@link Reached} says what follows from one sample after the other.
 */
public final class KafkaProgress implements Progress, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KafkaProgress.class);
    private static final int SECONDS = 10;
    private static final int REACH_SECONDS = 2;
    private static final int ASK_SECONDS = 5;

    private final Function<Role, Outbox> outboxes;
    private final Topology topology;
    private final KafkaCluster kafka;
    private final JdbcTemplate jdbc;
    private final Supplier<Admin> connect;
    private final Outages outages;
    private final Map<Role, Reached> reached = new ConcurrentHashMap<>();
    private Admin admin;

    public KafkaProgress(
            Function<Role, Outbox> outboxes,
            Topology topology,
            KafkaCluster kafka,
            JdbcTemplate jdbc,
            Supplier<Admin> connect,
            Outages outages) {
        this.outboxes = outboxes;
        this.topology = topology;
        this.kafka = kafka;
        this.jdbc = jdbc;
        this.connect = connect;
        this.outages = outages;
    }

    @Override
    public Instant relayBehindUntil(Role role) {
        return outboxes.apply(role).behind().until();
    }

    @Override
    public void noteRelayBehind(Role role) {
        outboxes.apply(role).behind().note();
    }

    @Override
    public synchronized Optional<Instant> caughtUpTo(Role role) {
        try {
            var now = sample(role);
            var before = reached.getOrDefault(role, Reached.NOTHING);
            if (before.isLost(now)) {
                // What was said there may be lost with it, so silences count from now on.
                log.warn(
                        "{}: a topic was made anew or has lost its end: {} instead of {}; progress is taken anew",
                        role,
                        now.ends(),
                        before.awaited().ends());
                noteRelayBehind(role);
            }
            var after = before.next(now);
            reached.put(role, after);
            return Optional.of(after.moment());
        } catch (ExecutionException | TimeoutException e) {
            outages.report(log, role.name(), "progress unknown", e);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Asks the brokers for no more than an answer. */
    public void ask() throws ExecutionException, InterruptedException, TimeoutException {
        ask(ASK_SECONDS);
    }

    private void ask(int seconds) throws ExecutionException, InterruptedException, TimeoutException {
        try {
            admin().describeCluster().nodes().get(seconds, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new TimeoutException("no answer within " + seconds + " s");
        }
    }

    /** Whether the broker answers this instance. */
    public boolean answers() {
        try {
            ask(REACH_SECONDS);
            return true;
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            outages.report(log, "the broker", "does not answer", e);
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * How many events of each partition that the role hears it has still to handle: the ends of the topics against the
     * group's committed offsets. The broker knows it of a consumer that is stuck or stopped, too.
     */
    Map<TopicPartition, Long> lag(Role role) throws ExecutionException, InterruptedException, TimeoutException {
        var now = sample(role);
        Map<TopicPartition, Long> lag = new HashMap<>();
        now.ends()
                .forEach((partition, end) ->
                        lag.put(partition, Math.max(0, end - now.handled().get(partition))));
        return lag;
    }

    private LogEnds sample(Role role) throws ExecutionException, InterruptedException, TimeoutException {
        var at =
                jdbc.queryForObject("select clock_timestamp()", Timestamp.class).toInstant();
        // Before the ends: an offset beyond them is then none of this log.
        var committed = admin().listConsumerGroupOffsets(kafka.group(role))
                .partitionsToOffsetAndMetadata()
                .get(SECONDS, TimeUnit.SECONDS);
        var topics = topology.readBy(role).stream()
                .map(channel -> kafka.topic(channel.topic()))
                .toList();
        Map<String, Uuid> logs = new HashMap<>();
        List<TopicPartition> partitions = new ArrayList<>();
        admin().describeTopics(topics)
                .allTopicNames()
                .get(SECONDS, TimeUnit.SECONDS)
                .forEach((topic, description) -> {
                    logs.put(topic, description.topicId());
                    description
                            .partitions()
                            .forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition())));
                });
        var ends = offsets(partitions, OffsetSpec.latest());
        return new LogEnds(at, logs, ends, handled(committed, ends));
    }

    private Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions, OffsetSpec which)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(partition -> asked.put(partition, which));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        admin().listOffsets(asked)
                .all()
                .get(SECONDS, TimeUnit.SECONDS)
                .forEach((partition, offset) -> offsets.put(partition, offset.offset()));
        return offsets;
    }

    /**
     * Up to where the group has handled each partition. What the retention has taken nobody waits for: the group may
     * never have committed there. An offset beyond the end was committed for a log that is lost.
     */
    private Map<TopicPartition, Long> handled(
            Map<TopicPartition, OffsetAndMetadata> committed, Map<TopicPartition, Long> ends)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, Long> handled = new HashMap<>();
        List<TopicPartition> open = new ArrayList<>();
        ends.forEach((partition, end) -> {
            var offset = committed.get(partition);
            handled.put(partition, offset == null || offset.offset() > end ? 0 : offset.offset());
            if (handled.get(partition) < end) {
                open.add(partition);
            }
        });
        if (!open.isEmpty()) {
            offsets(open, OffsetSpec.earliest())
                    .forEach((partition, first) -> handled.merge(partition, first, Math::max));
        }
        return handled;
    }

    private Admin admin() {
        synchronized (connect) {
            if (admin == null) {
                admin = connect.get();
            }
            return admin;
        }
    }

    @Override
    public void close() {
        synchronized (connect) {
            if (admin != null) {
                admin.close(Duration.ofSeconds(2));
            }
        }
    }
}
