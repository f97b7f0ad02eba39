package io.orderflow.messaging.relay;

import static io.orderflow.contracts.Role.INVENTORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.contracts.StockReleased;
import io.orderflow.contracts.Topology;
import io.orderflow.messaging.Outages;
import io.orderflow.messaging.counter.CounterApp;
import io.orderflow.messaging.counter.Schemas;
import io.orderflow.messaging.tables.Announced;
import io.orderflow.messaging.tables.EventCodec;
import io.orderflow.messaging.tables.Outbox;
import io.orderflow.messaging.tables.OutboxRow;
import io.orderflow.messaging.tables.ReadAt;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** The relay between a real outbox and a broker that answers when, and for the topics, that a test says. */
class RelayedTopicsTest {

    private static final String MISSING = "dead_letters";
    private static final String WAITING =
            "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
    private static final DataSource DATABASE = Schemas.fresh(INVENTORY);
    private static final JdbcTemplate JDBC = new JdbcTemplate(DATABASE);

    private static final KafkaCluster CLUSTER = new KafkaCluster("", "", Map.of());

    private final Outbox outbox = new Outbox(JDBC, INVENTORY, new EventCodec(), 900_000);
    private final Answering broker = new Answering();
    private final Relay relay = new Relay(INVENTORY, outbox, broker, CLUSTER, new Outages(() -> {}, () -> {}), 20_000);

    @BeforeEach
    void start() {
        relay.start();
    }

    @AfterEach
    void stop() {
        relay.close();
    }

    @Test
    void aTopicThatCannotBeWrittenKeepsNoOtherWaiting() {
        var missing = List.of(row(1, MISSING), row(2, MISSING), row(3, MISSING));
        relay.handOff(missing);
        relay.handOff(List.of(row(4, "inventory_events")));

        await().until(() -> broker.history().size() == 1);
        assertThat(relay.paused()).containsExactly(MISSING);
        relay.handOff(missing);
        relay.handOff(List.of(row(5, "inventory_events")));

        await().until(() -> broker.history().size() == 2);
        assertThat(broker.refused).isEqualTo(1);
    }

    @Test
    void whatWaitsForSuchATopicHidesNothingBehindIt() {
        for (int i = 0; i < 2; i++) {
            outbox.store(List.of(new Announced(
                    Topology.INVENTORY_EVENTS,
                    new StockReleased(UUID.randomUUID(), CounterApp.now(), List.of()),
                    null)));
        }
        JDBC.update(
                "update inventory.outbox set aggregatetype = ? where position = (select min(position) from inventory.outbox)",
                MISSING);

        assertThat(outbox.leftBehind(Duration.ZERO, 1, Set.of(MISSING)))
                .extracting(OutboxRow::topic)
                .containsExactly("inventory_events");
        assertThat(outbox.leftBehind(Duration.ZERO, 1, Set.of()))
                .extracting(OutboxRow::topic)
                .containsExactly(MISSING);
    }

    @Test
    void aPageOfWhatWasLeftBehindFitsIntoMemory() {
        JDBC.update("delete from inventory.outbox");
        for (int i = 0; i < 4; i++) {
            outbox.store(List.of(new Announced(
                    Topology.INVENTORY_EVENTS,
                    new StockReleased(UUID.randomUUID(), CounterApp.now(), List.of()),
                    null)));
        }
        JDBC.update("update inventory.outbox set payload = repeat('x', 9000000)");
        JDBC.update("update inventory.outbox set payload = null"
                + " where position = (select min(position) from inventory.outbox)");

        assertThat(outbox.leftBehind(Duration.ZERO, 10, Set.of())).hasSize(3);
        JDBC.update("delete from inventory.outbox");
    }

    @Test
    void aSweepIsDoneWhenItsRowsAreGoneAndNotWhenTheyAreOnTheirWay() {
        broker.waits = true;
        var rows = List.of(row(1, "inventory_events"), row(2, "inventory_events"));
        relay.handOff(rows);
        await().until(() -> broker.history().size() == 2);

        var swept = relay.sweep(rows);
        var another = relay.sweep(rows);

        assertThat(another).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(false);
        assertThat(swept).isNotDone();
        assertThat(broker.completeNext() && broker.completeNext()).isTrue();
        assertThat(swept).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(true);
        assertThat(broker.history()).hasSize(2);
    }

    @Test
    void anEventThatIsRefusedAtOnceKeepsItsOrderAndNoOtherWaiting() {
        broker.tooLarge = "1";
        var order = UUID.randomUUID();
        relay.handOff(List.of(row(1, order), row(2, order), row(3, UUID.randomUUID())));

        await().until(() -> broker.refused == 1);
        relay.handOff(List.of(row(4, UUID.randomUUID())));

        await().until(() -> broker.history().size() == 2);
        assertThat(broker.history())
                .extracting(record -> new String(record.value()))
                .containsExactly("3", "4");
    }

    /** As when the broker is away for longer than the client waits: nobody knows whether it has the event. */
    @Test
    void whatIsNotAcknowledgedInTimeStaysInTheOutbox() {
        broker.waits = true;
        var stored = outbox.store(List.of(new Announced(
                Topology.INVENTORY_EVENTS, new StockReleased(UUID.randomUUID(), CounterApp.now(), List.of()), null)));
        relay.handOff(stored.rows());
        await().until(() -> broker.history().size() == 1);
        await().until(() -> relay.inMemory() == 1);

        broker.errorNext(new TimeoutException("Expiring 1 record(s)"));

        await().until(() -> relay.paused().contains("inventory_events"));
        assertThat(outbox.present(List.of(stored.rows().getFirst().position()))).hasSize(1);
        assertThat(relay.inMemory()).isZero();
    }

    @Test
    void onlyWhatIsHeldBackWaitsForTheDatabase() throws Exception {
        try (var slow = DATABASE.getConnection();
                var statement = slow.createStatement()) {
            slow.setAutoCommit(false);
            statement.execute("set role inventory_migrator; lock table inventory.outbox");

            relay.handOff(List.of(row(2, UUID.randomUUID()).after(List.of(1L))));
            await().until(() -> JDBC.queryForObject(WAITING, Long.class) == 1);
            relay.handOff(List.of(row(3, UUID.randomUUID())));

            await().until(() -> broker.history().size() == 1);
            slow.rollback();
        }
        await().until(() -> broker.history().size() == 2);
        assertThat(broker.history())
                .extracting(record -> new String(record.value()))
                .containsExactly("3", "2");
    }

    /** As when the machine has slept: another instance may have sent and erased it weeks ago. */
    @Test
    void whatWasInMemoryForTooLongIsReadAgainBeforeItIsSent() {
        var order = UUID.randomUUID();
        relay.handOff(List.of(
                row(1, "inventory_events", order, ReadAt.now().minus(Duration.ofMinutes(11))),
                row(2, order),
                row(3, UUID.randomUUID())));

        await().until(() -> broker.history().size() == 1);
        await().until(() -> relay.inMemory() == 0);
        assertThat(relay.paused()).isEmpty();
        assertThat(relay.sweep(List.of(row(1, order), row(2, order))))
                .succeedsWithin(Duration.ofSeconds(5))
                .isEqualTo(true);

        assertThat(broker.history())
                .extracting(record -> new String(record.value()))
                .containsExactly("3", "1", "2");
    }

    private static OutboxRow row(long position, UUID order) {
        return row(position, "inventory_events", order);
    }

    private static OutboxRow row(long position, String topic) {
        return row(position, topic, UUID.randomUUID());
    }

    private static OutboxRow row(long position, String topic, UUID order) {
        return row(position, topic, order, ReadAt.now());
    }

    private static OutboxRow row(long position, String topic, UUID order, ReadAt read) {
        return new OutboxRow(
                position,
                UUID.randomUUID(),
                topic,
                order,
                "Any",
                String.valueOf(position),
                null,
                CounterApp.now(),
                List.of(),
                read);
    }

    /**
     * Refuses a missing topic and a value that is too large as the client does: through the callback, on the caller's
     * thread.
     */
    private static final class Answering extends MockProducer<byte[], byte[]> {

        private volatile boolean waits;
        private volatile String tooLarge;
        private volatile int refused;

        private Answering() {
            super(false, null, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
            if (record.topic().equals(MISSING)) {
                refused++;
                callback.onCompletion(null, new TimeoutException("Topic not present in metadata"));
                return null;
            }
            if (new String(record.value()).equals(tooLarge)) {
                refused++;
                callback.onCompletion(null, new RecordTooLargeException());
                return null;
            }
            var sent = super.send(record, callback);
            if (!waits) {
                completeNext();
            }
            return sent;
        }
    }
}
