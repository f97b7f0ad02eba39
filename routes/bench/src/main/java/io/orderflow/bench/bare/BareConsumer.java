package io.orderflow.bench.bare;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A service's ear: what a poll returns is one transaction of inbox, effect and outbox, and the offsets are committed
 * after it.
 */
final class BareConsumer {

    private final String service;
    private final Service effect;
    private final BareOutbox outbox;
    private final Connection connection;
    private final KafkaConsumer<byte[], byte[]> consumer;

    /** What a service does with what it hears for the first time. */
    interface Service {

        /** What it says to that. */
        List<Said> handle(Connection transaction, List<Said> events) throws SQLException;

        /** After the commit. */
        default void committed(List<Said> events) {}
    }

    /**
     * @param outbox where what the service says is kept; null if it says nothing
     */
    BareConsumer(
            String service,
            List<String> topics,
            String brokers,
            Connection connection,
            BareOutbox outbox,
            Service effect) {
        this.service = service;
        this.effect = effect;
        this.outbox = outbox;
        this.connection = connection;
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", brokers,
                        "group.id", "bare-" + service,
                        "enable.auto.commit", "false",
                        "auto.offset.reset", "earliest",
                        "max.poll.records", "500"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(topics);
        Thread.ofPlatform().daemon().name(service).start(this::listen);
    }

    private void listen() {
        try {
            while (true) {
                List<Said> events = new ArrayList<>();
                consumer.poll(Duration.ofSeconds(1))
                        .forEach(polled -> events.add(Said.heard(polled.topic(), polled.value())));
                if (!events.isEmpty()) {
                    handle(events);
                    consumer.commitSync();
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(service, e);
        }
    }

    private void handle(List<Said> events) throws SQLException {
        var fresh = fresh(events);
        var said = effect.handle(connection, fresh);
        if (outbox != null) {
            outbox.store(connection, said);
        }
        connection.commit();
        effect.committed(fresh);
        if (outbox != null) {
            outbox.send(said);
        }
    }

    /** Those that the inbox has not seen. */
    private List<Said> fresh(List<Said> events) throws SQLException {
        Set<UUID> fresh = new HashSet<>(Columns.of(events, Said::id)
                .text(events, Said::topic)
                .bytes(events, event -> sha256(event.value()))
                .query(connection, "insert into " + service + """
                        _inbox (event_id, topic, sha256)
                        select * from unnest(?, ?, ?) on conflict do nothing returning event_id""", row -> row.getObject(1, UUID.class)));
        return events.stream().filter(event -> fresh.remove(event.id())).toList();
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
