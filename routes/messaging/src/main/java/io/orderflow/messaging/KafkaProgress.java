package io.orderflow.messaging;

import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Progress as the broker sees it: a sample of the ends of the role's topics, taken at a known time, is reached when the group's committed offsets have passed it. Offsets are committed
 * after the database, so what lies before has taken effect. Whenever the broker does not answer, and when this instance begins to ask, others may have been kept from speaking as well: that
 * counts as a relay that is behind.
 */
final class KafkaProgress implements Progress, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KafkaProgress.class);
    private static final int SECONDS = 10;

    private final Backbones backbones;
    private final Topology topology;
    private final MessagingSettings settings;
    private final JdbcTemplate jdbc;
    private final Supplier<Admin> connect;
    private final Map<Role, Sample> samples = new ConcurrentHashMap<>();
    private final Map<Role, Instant> reached = new ConcurrentHashMap<>();
    private Admin admin;

    private record Sample(Instant at, Map<TopicPartition, Long> ends) {}

    KafkaProgress(
            Backbones backbones,
            Topology topology,
            MessagingSettings settings,
            JdbcTemplate jdbc,
            Supplier<Admin> connect) {
        this.backbones = backbones;
        this.topology = topology;
        this.settings = settings;
        this.jdbc = jdbc;
        this.connect = connect;
    }

    @Override
    public Instant relayBehindUntil(Role role) {
        return backbones.of(role).outbox.behindUntil();
    }

    @Override
    public synchronized Optional<Instant> caughtUpTo(Role role) {
        try {
            var sample = samples.get(role);
            if (sample == null) {
                backbones.of(role).outbox.noteBehind();
                samples.put(role, sample(role));
            } else if (isReached(role, sample)) {
                reached.put(role, sample.at());
                samples.put(role, sample(role));
            }
            return Optional.ofNullable(reached.get(role));
        } catch (ExecutionException | TimeoutException e) {
            log.debug("{}: progress unknown: {}", role, Failures.describe(e));
            backbones.of(role).outbox.noteBehind();
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Sample sample(Role role) throws ExecutionException, InterruptedException, TimeoutException {
        var at =
                jdbc.queryForObject("select clock_timestamp()", Timestamp.class).toInstant();
        var topics = topology.readBy(role).stream()
                .map(channel -> settings.topic(channel.topic()))
                .toList();
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        admin().describeTopics(topics)
                .allTopicNames()
                .get(SECONDS, TimeUnit.SECONDS)
                .forEach((topic, description) -> description
                        .partitions()
                        .forEach(partition ->
                                latest.put(new TopicPartition(topic, partition.partition()), OffsetSpec.latest())));
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin().listOffsets(latest)
                .all()
                .get(SECONDS, TimeUnit.SECONDS)
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return new Sample(at, ends);
    }

    private boolean isReached(Role role, Sample sample)
            throws ExecutionException, InterruptedException, TimeoutException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin().listConsumerGroupOffsets(settings.prefix() + role)
                .partitionsToOffsetAndMetadata()
                .get(SECONDS, TimeUnit.SECONDS);
        Map<TopicPartition, OffsetSpec> open = new HashMap<>();
        sample.ends().forEach((partition, end) -> {
            var offset = committed.get(partition);
            if (offset == null || offset.offset() < end) {
                open.put(partition, OffsetSpec.earliest());
            }
        });
        return open.isEmpty() || isEmptyBefore(sample, open);
    }

    /** What the retention has taken nobody waits for: the group may never have committed there. */
    private boolean isEmptyBefore(Sample sample, Map<TopicPartition, OffsetSpec> partitions)
            throws ExecutionException, InterruptedException, TimeoutException {
        return admin().listOffsets(partitions).all().get(SECONDS, TimeUnit.SECONDS).entrySet().stream()
                .allMatch(first -> first.getValue().offset() >= sample.ends().get(first.getKey()));
    }

    private Admin admin() {
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
