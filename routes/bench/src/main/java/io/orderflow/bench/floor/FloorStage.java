package io.orderflow.bench.floor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * One step of the saga: it takes what a poll returns into one transaction of inbox, effect and outbox, and commits the
 * offsets after it.
 */
final class FloorStage implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String name;
    private final FloorRelay relay;
    private final Connection connection;
    private final List<String> statements;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread;
    private final AtomicInteger handled = new AtomicInteger();

    /**
     * @param relay what the stage says, or null if it says nothing
     * @param statements its effect, each given the orders
     */
    FloorStage(
            String name, String topic, FloorRelay relay, Connection connection, String brokers, List<String> statements)
            throws SQLException {
        this.name = name;
        this.relay = relay;
        this.connection = connection;
        this.statements = statements;
        connection.setAutoCommit(false);
        consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", brokers,
                        "group.id", topic + "-" + name,
                        "enable.auto.commit", "false",
                        "auto.offset.reset", "earliest",
                        "max.poll.records", "500"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        consumer.subscribe(List.of(topic));
        thread = Thread.ofPlatform().daemon().name(name).unstarted(this::work);
    }

    void start() {
        thread.start();
    }

    /** How many orders it is done with; a look into its table would cost more the more there are. */
    int handled() {
        return handled.get();
    }

    private void work() {
        try (consumer) {
            while (true) {
                List<JsonNode> events = new ArrayList<>();
                for (ConsumerRecord<byte[], byte[]> polled : consumer.poll(Duration.ofSeconds(1))) {
                    events.add(JSON.readTree(polled.value()));
                }
                if (!events.isEmpty()) {
                    handle(events);
                    consumer.commitSync();
                }
            }
        } catch (WakeupException e) {
            // closed
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(name, e);
        }
    }

    private void handle(List<JsonNode> events) throws SQLException {
        var orders = fresh(events);
        for (var statement : statements) {
            execute(connection, statement, orders);
        }
        List<FloorRelay.Row> rows = relay == null ? List.of() : relay.store(connection, orders);
        connection.commit();
        handled.addAndGet(orders.size());
        if (relay != null) {
            relay.send(rows);
        }
    }

    /** The orders of the events that the inbox has not seen. */
    private List<UUID> fresh(List<JsonNode> events) throws SQLException {
        Map<UUID, UUID> orders = new LinkedHashMap<>();
        for (var event : events) {
            orders.put(uuid(event, "event_id"), uuid(event, "order_id"));
        }
        List<UUID> fresh = new ArrayList<>();
        try (var statement = connection.prepareStatement("insert into " + name + """
                _inbox (id) select unnest(?::uuid[]) on conflict do nothing returning id""")) {
            statement.setArray(
                    1, connection.createArrayOf("uuid", orders.keySet().toArray()));
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    fresh.add(orders.get(rows.getObject(1, UUID.class)));
                }
            }
        }
        return fresh;
    }

    private static UUID uuid(JsonNode event, String member) {
        return UUID.fromString(event.get(member).textValue());
    }

    static void execute(Connection connection, String sql, List<UUID> orders) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setArray(1, connection.createArrayOf("uuid", orders.toArray()));
            statement.executeUpdate();
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (SQLException e) {
            throw new IllegalStateException(name, e);
        }
        if (relay != null) {
            relay.close();
        }
    }
}
