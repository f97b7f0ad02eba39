package io.orderflow.messaging.watch;

import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import io.orderflow.messaging.Failures;
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
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Progress as the broker sees it: a sample of the ends of the role's topics, taken at a known time, is reached when the
 * group's committed offsets have passed it. Offsets are committed after the database, so what lies before has taken
 * effect. Whenever the broker does not answer, and when this instance begins to ask, others may have been kept from
 * speaking as well: that counts as a relay that is behind.
 */
public final class KafkaProgress implements Progress, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KafkaProgress.class);
    private static final int SECONDS = 10;

    private final Function<Role, Outbox> outboxes;
    private final Topology topology;
    private final KafkaCluster kafka;
    private final JdbcTemplate jdbc;
    private final Supplier<Admin> connect;
    private final Map<Role, Sample> samples = new ConcurrentHashMap<>();
    private final Map<Role, Instant> reached = new ConcurrentHashMap<>();
    private Admin admin;

    private record Sample(Instant at, Map<TopicPartition, Long> ends) {}

    public KafkaProgress(
            Function<Role, Outbox> outboxes,
            Topology topology,
            KafkaCluster kafka,
            JdbcTemplate jdbc,
            Supplier<Admin> connect) {
        this.outboxes = outboxes;
        this.topology = topology;
        this.kafka = kafka;
        this.jdbc = jdbc;
        this.connect = connect;
    }

    @Override
    public Instant relayBehindUntil(Role role) {
        return outboxes.apply(role).behindUntil();
    }

    @Override
    public synchronized Optional<Instant> caughtUpTo(Role role) {
        try {
            var sample = samples.get(role);
            if (sample == null) {
                outboxes.apply(role).noteBehind();
                samples.put(role, sample(role));
            } else if (isReached(role, sample)) {
                reached.put(role, sample.at());
                samples.put(role, sample(role));
            }
            return Optional.ofNullable(reached.get(role));
        } catch (ExecutionException | TimeoutException e) {
            log.debug("{}: progress unknown: {}", role, Failures.describe(e));
            outboxes.apply(role).noteBehind();
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /**
     * How many events of each partition that the role hears it has still to handle: the ends of the topics against the
     * group's committed offsets. The broker knows it of a consumer that is stuck or stopped, too.
     */
    Map<TopicPartition, Long> lag(Role role) throws ExecutionException, InterruptedException, TimeoutException {
        var ends = ends(role);
        var handled = handled(role, ends);
        Map<TopicPartition, Long> lag = new HashMap<>();
        ends.forEach((partition, end) -> lag.put(partition, Math.max(0, end - handled.get(partition))));
        return lag;
    }

    private Sample sample(Role role) throws ExecutionException, InterruptedException, TimeoutException {
        var at =
                jdbc.queryForObject("select clock_timestamp()", Timestamp.class).toInstant();
        return new Sample(at, ends(role));
    }

    private Map<TopicPartition, Long> ends(Role role)
            throws ExecutionException, InterruptedException, TimeoutException {
        var topics = topology.readBy(role).stream()
                .map(channel -> kafka.topic(channel.topic()))
                .toList();
        List<TopicPartition> partitions = new ArrayList<>();
        admin().describeTopics(topics)
                .allTopicNames()
                .get(SECONDS, TimeUnit.SECONDS)
                .forEach((topic, description) -> description
                        .partitions()
                        .forEach(partition -> partitions.add(new TopicPartition(topic, partition.partition()))));
        return offsets(partitions, OffsetSpec.latest());
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

    private boolean isReached(Role role, Sample sample)
            throws ExecutionException, InterruptedException, TimeoutException {
        var handled = handled(role, sample.ends());
        return sample.ends().entrySet().stream().allMatch(end -> handled.get(end.getKey()) >= end.getValue());
    }

    /**
     * Up to where the group has handled each partition. What the retention has taken nobody waits for: the group may
     * never have committed there.
     */
    private Map<TopicPartition, Long> handled(Role role, Map<TopicPartition, Long> ends)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin().listConsumerGroupOffsets(kafka.group(role))
                .partitionsToOffsetAndMetadata()
                .get(SECONDS, TimeUnit.SECONDS);
        Map<TopicPartition, Long> handled = new HashMap<>();
        List<TopicPartition> open = new ArrayList<>();
        ends.forEach((partition, end) -> {
            var offset = committed.get(partition);
            handled.put(partition, offset == null ? 0 : offset.offset());
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

    private synchronized Admin admin() {
        if (admin == null) {
            admin = connect.get();
        }
        return admin;
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ofSeconds(2));
        }
    }
}
