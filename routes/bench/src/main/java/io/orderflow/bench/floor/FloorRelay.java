package io.orderflow.bench.floor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.f4b6a3.uuid.UuidCreator;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A stage's outbox: the stage writes a row in its transaction, hands it to the producer after the commit, and deletes
 * it when the broker has acknowledged it.
 */
final class FloorRelay implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String stage;
    private final String topic;
    private final Connection connection;
    private final KafkaProducer<byte[], byte[]> producer;
    private final BlockingQueue<UUID> acknowledged = new LinkedBlockingQueue<>();
    private final Thread eraser;

    /** An event on its way. */
    record Row(UUID id, UUID order, String value) {}

    FloorRelay(String stage, String topic, Connection connection, String brokers) {
        this.stage = stage;
        this.topic = topic;
        this.connection = connection;
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", brokers, "acks", "all", "linger.ms", "2", "batch.size", "131072"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.eraser = Thread.ofPlatform().daemon().name(stage + "-eraser").start(this::erase);
    }

    List<Row> store(Connection transaction, List<UUID> orders) throws SQLException {
        var rows = orders.stream()
                .map(order -> {
                    var id = UuidCreator.getTimeOrderedEpochPlus1();
                    return new Row(id, order, value(id, order));
                })
                .toList();
        try (var statement = transaction.prepareStatement("insert into " + stage + """
                _outbox (id, aggregateid, type, payload)
                select id, aggregateid, ?, payload from unnest(?::uuid[], ?::uuid[], ?::text[]) as row (id, aggregateid, payload)""")) {
            statement.setString(1, topic);
            statement.setArray(
                    2,
                    transaction.createArrayOf("uuid", rows.stream().map(Row::id).toArray()));
            statement.setArray(3, transaction.createArrayOf("uuid", orders.toArray()));
            statement.setArray(
                    4,
                    transaction.createArrayOf(
                            "text", rows.stream().map(Row::value).toArray()));
            statement.executeUpdate();
        }
        return rows;
    }

    private String value(UUID id, UUID order) {
        var event = JSON.createObjectNode()
                .put("event_id", id.toString())
                .put("event_type", topic)
                .put("event_version", 1)
                .put("occurred_at", Instant.now().toString())
                .put("order_id", order.toString())
                .put("sequence", 1);
        var payload = event.putObject("payload");
        payload.putObject("total").put("amount_minor", 2580).put("currency", "EUR");
        var lines = payload.putArray("lines");
        lines.addObject().put("sku", "mug").put("quantity", 1);
        lines.addObject().put("sku", "spoon").put("quantity", 1);
        return event.toString();
    }

    void send(List<Row> rows) {
        for (var row : rows) {
            var record = new ProducerRecord<>(topic, bytes(row.order().toString()), bytes(row.value()));
            producer.send(record, (metadata, failure) -> {
                if (failure == null) {
                    acknowledged.add(row.id());
                }
            });
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void erase() {
        List<UUID> ids = new ArrayList<>();
        try (var statement = connection.prepareStatement("delete from " + stage + "_outbox where id = any(?)")) {
            while (true) {
                ids.add(acknowledged.take());
                acknowledged.drainTo(ids, 999);
                statement.setArray(1, connection.createArrayOf("uuid", ids.toArray()));
                statement.executeUpdate();
                ids.clear();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        producer.close();
        eraser.interrupt();
        try {
            eraser.join();
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
