package io.orderflow.messaging.relay;

import static io.orderflow.contracts.Role.INVENTORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.contracts.StockReleased;
import io.orderflow.contracts.Topology;
import io.orderflow.messaging.Outages;
import io.orderflow.messaging.counter.CounterApp;
import io.orderflow.messaging.counter.Schemas;
import io.orderflow.messaging.fixture.FailingJdbc;
import io.orderflow.messaging.tables.Announced;
import io.orderflow.messaging.tables.EventCodec;
import io.orderflow.messaging.tables.JdbcLeases;
import io.orderflow.messaging.tables.Outbox;
import io.orderflow.messaging.tables.OutboxRow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A thread of the relay's that ends at an error of the JVM's is one that nobody replaces: events would stay. */
class SurvivedErrorsTest {

    private final FailingJdbc jdbc = new FailingJdbc(Schemas.fresh(INVENTORY));
    private final Outbox outbox = new Outbox(jdbc, INVENTORY, new EventCodec(), 900_000);
    private final Outages outages = new Outages(() -> {}, () -> {});
    private final MockProducer<byte[], byte[]> broker =
            new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
    private final Relay relay =
            new Relay(INVENTORY, outbox, broker, new KafkaCluster("", "", Map.of()), outages, 20_000).start();

    @AfterEach
    void close() {
        relay.close();
    }

    @Test
    void whatIsAcknowledgedIsErasedAfterAnErrorToo() {
        jdbc.failOnce("delete from inventory.outbox");
        relay.handOff(stored(UUID.randomUUID()));
        await().until(jdbc::hasFailed);

        relay.handOff(stored(UUID.randomUUID()));

        await().until(() -> outbox.depth(10) == 0);
        assertThat(broker.history()).hasSize(2);
    }

    /** Whose predecessor another instance has sent. */
    @Test
    void whatIsHeldBackIsLetGoAfterAnErrorToo() {
        var order = UUID.randomUUID();
        var first = stored(order).getFirst();
        jdbc.failOnce("select position from inventory.outbox where position");
        relay.handOff(stored(order));
        await().until(jdbc::hasFailed);
        assertThat(broker.history()).isEmpty();

        outbox.delete(List.of(first));

        await().until(() -> broker.history().size() == 1);
    }

    @Test
    void whatIsLeftBehindIsSweptAfterAnErrorToo() {
        stored(UUID.randomUUID());
        jdbc.update("update inventory.outbox set created_at = now() - interval '1 minute'");
        jdbc.failOnce("sum(octet_length(payload))");
        try (var sweeper = sweeper()) {
            sweeper.start();
            await().until(jdbc::hasFailed);

            // Who could not do it stands back for three leases.
            await().atMost(Duration.ofMinutes(1)).until(() -> outbox.depth(10) == 0);
        }
        assertThat(broker.history()).hasSize(1);
    }

    private Sweeper sweeper() {
        return new Sweeper(
                INVENTORY,
                outbox,
                relay,
                new JdbcLeases(jdbc),
                () -> true,
                List.of(Topology.INVENTORY_EVENTS),
                outages,
                Duration.ofMillis(500));
    }

    private List<OutboxRow> stored(UUID order) {
        var event = new StockReleased(order, CounterApp.now(), List.of());
        return outbox.store(List.of(new Announced(Topology.INVENTORY_EVENTS, event, null)))
                .rows();
    }
}
