package io.orderflow.bench.bare;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A service's outbox: rows are written in its transaction, handed to the producer after the commit, and deleted when
 * the broker has acknowledged them.
 */
final class BareOutbox {

    private final String service;
    private final Producer<byte[], byte[]> producer;
    private final Connection connection;
    private final BlockingQueue<UUID> acknowledged = new LinkedBlockingQueue<>();

    BareOutbox(String service, Producer<byte[], byte[]> producer, Connection connection) {
        this.service = service;
        this.producer = producer;
        this.connection = connection;
        Thread.ofPlatform().daemon().name(service + "-eraser").start(this::erase);
    }

    void store(Connection transaction, List<Said> events) throws SQLException {
        if (!events.isEmpty()) {
            Columns.of(events, Said::id)
                    .text(events, Said::topic)
                    .text(events, event -> event.order().toString())
                    .text(events, Said::type)
                    .text(events, event -> new String(event.value(), StandardCharsets.UTF_8))
                    .update(transaction, "insert into " + service + """
                            _outbox (id, aggregatetype, aggregateid, type, payload)
                            select id, topic, aggregate::uuid, type, payload
                            from unnest(?, ?, ?, ?, ?) as row (id, topic, aggregate, type, payload)""");
        }
    }

    /** After the commit. */
    void send(List<Said> events) {
        for (var event : events) {
            var key = event.order().toString().getBytes(StandardCharsets.US_ASCII);
            producer.send(new ProducerRecord<>(event.topic(), key, event.value()), (metadata, failure) -> {
                if (failure == null) {
                    acknowledged.add(event.id());
                }
            });
        }
    }

    private void erase() {
        List<UUID> ids = new ArrayList<>();
        try {
            while (true) {
                ids.add(acknowledged.take());
                acknowledged.drainTo(ids, 999);
                Columns.ids(ids).update(connection, "delete from " + service + "_outbox where id = any(?)");
                ids.clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            throw new IllegalStateException(service, e);
        }
    }
}
