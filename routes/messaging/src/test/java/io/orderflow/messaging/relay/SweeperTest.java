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
import io.orderflow.messaging.tables.JdbcLeases;
import io.orderflow.messaging.tables.Outbox;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** An instance that has lost the broker, and not the database, keeps no other from sweeping. */
class SweeperTest {

    private static final JdbcTemplate JDBC = new JdbcTemplate(Schemas.fresh(INVENTORY));

    private final Outbox outbox = new Outbox(JDBC, INVENTORY, new EventCodec(), 900_000);
    private final Instance one = new Instance();
    private final Instance other = new Instance();

    @BeforeEach
    void forgetEverything() {
        for (var table : List.of("lease", "outbox", "outbox_behind")) {
            JDBC.update("delete from inventory." + table);
        }
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    @Test
    void whoLosesTheBrokerLeavesTheJobToWhoHasIt() {
        one.reaches = false;
        leave();
        one.sweeper.start();
        await().until(() -> one.refused.get() > 0);
        await().until(() -> isNobodys());
        assertThat(outbox.behind().until()).as("it cannot say that of others").isEqualTo(Instant.EPOCH);

        other.sweeper.start();

        await().until(() -> outbox.depth(10) == 0);
        assertThat(other.history()).hasSize(1);
        await().until(() -> outbox.behind().until().isAfter(Instant.EPOCH));
    }

    @Test
    void whoHasNothingToSweepAndNoBrokerLeavesTheJob() {
        one.reaches = false;
        one.sweeper.start();
        await().until(() -> isNobodys());

        other.sweeper.start();
        leave();

        await().until(() -> other.history().size() == 1);
        assertThat(one.refused.get()).isZero();
    }

    /** One broker of several, or a right on one topic. */
    @Test
    void whoCannotWriteATopicLeavesItsEventsToWhoCan() {
        one.takes = false;
        leave();
        one.sweeper.start();
        await().until(() -> one.refused.get() > 0);

        other.sweeper.start();

        await().until(() -> other.history().size() == 1);
        await().until(() -> outbox.depth(10) == 0);
    }

    /** Another would only send the same once more, to the same broker. */
    @Test
    void whoseBrokerAcknowledgesSlowlyKeepsTheJob() {
        one.isSlow = true;
        leave();
        one.sweeper.start();
        await().until(() -> !one.unacknowledged.isEmpty());
        var first = renewed();
        var holder = holder();
        other.sweeper.start();

        await().until(() -> renewed().isAfter(first.plusSeconds(6)));
        assertThat(holder()).isEqualTo(holder);
        one.isSlow = false;
        one.unacknowledged.forEach(Runnable::run);

        await().until(() -> outbox.depth(10) == 0);
        assertThat(one.history()).hasSize(1);
        assertThat(other.history()).isEmpty();
    }

    private static UUID holder() {
        return JDBC.queryForObject("select holder from inventory.lease where name = 'sweeper'", UUID.class);
    }

    private static Instant renewed() {
        return JDBC.queryForObject("select until from inventory.lease where name = 'sweeper'", Timestamp.class)
                .toInstant();
    }

    private static boolean isNobodys() {
        return JDBC.queryForObject(
                        "select count(*) from inventory.lease where name = 'sweeper' and until < clock_timestamp()",
                        Long.class)
                == 1;
    }

    private void leave() {
        outbox.store(List.of(new Announced(
                Topology.INVENTORY_EVENTS, new StockReleased(UUID.randomUUID(), CounterApp.now(), List.of()), null)));
        JDBC.update("update inventory.outbox set created_at = now() - interval '1 minute'");
    }

    /** One of several, with a way of its own to the broker. */
    private final class Instance extends MockProducer<byte[], byte[]> {

        private volatile boolean reaches = true;
        private volatile boolean takes = true;
        private volatile boolean isSlow;
        private final Queue<Runnable> unacknowledged = new ConcurrentLinkedQueue<>();
        private final AtomicInteger refused = new AtomicInteger();
        private final Outages outages = new Outages(() -> {}, () -> {});
        private final Relay relay =
                new Relay(INVENTORY, outbox, this, new KafkaCluster("", "", Map.of()), outages, 20_000).start();
        private final Sweeper sweeper = new Sweeper(
                INVENTORY,
                outbox,
                relay,
                new JdbcLeases(JDBC),
                () -> reaches,
                List.of(Topology.INVENTORY_EVENTS),
                outages,
                Duration.ofMillis(500));

        private Instance() {
            super(true, null, new ByteArraySerializer(), new ByteArraySerializer());
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
            if (isSlow) {
                unacknowledged.add(() -> super.send(record, callback));
                return null;
            }
            if (takes && reaches) {
                return super.send(record, callback);
            }
            refused.incrementAndGet();
            callback.onCompletion(null, new TimeoutException("Topic not present in metadata"));
            return null;
        }

        @Override
        public void close() {
            sweeper.close();
            relay.close();
        }
    }
}
