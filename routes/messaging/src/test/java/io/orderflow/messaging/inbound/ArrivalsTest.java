package io.orderflow.messaging.inbound;

import static io.orderflow.contracts.Role.INVENTORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.contracts.StockReleased;
import io.orderflow.contracts.Topology;
import io.orderflow.messaging.Parking;
import io.orderflow.messaging.counter.Counter;
import io.orderflow.messaging.counter.CounterApp;
import io.orderflow.messaging.tables.Inbox;
import io.orderflow.messaging.tables.Received;
import io.orderflow.messaging.watch.Counters;
import io.orderflow.messaging.watch.StoppedConsumers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Batches as a broker may deliver them, again and again, on a real database. */
class ArrivalsTest {

    private static final AtomicLong OFFSETS = new AtomicLong();

    private static CounterApp app;
    private static Arrivals arrivals;

    @BeforeAll
    static void start() {
        app = new CounterApp(CounterApp.Place.fresh());
        arrivals = new Arrivals(
                app.get(Receivers.class).of(INVENTORY, "order_events"),
                new Handling(
                        3,
                        Duration.ofSeconds(150),
                        new Handling.Excess(Duration.ofMinutes(5), 20, 1, Duration.ofMinutes(1))),
                app.get(Counters.class),
                new StoppedConsumers());
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @Test
    void aBatchThatWaitsForInfrastructureCountsEachOfItsBadEventsOnce() {
        var order = UUID.randomUUID();
        var garbage = received(app.place.raw(UUID.randomUUID().toString(), "no event"));
        var good = received(app.place.record(CounterApp.created(order)));
        app.counter().away.set(Counter.lostConnection());

        var delivery = CompletableFuture.runAsync(() -> deliver(garbage, good));
        await().until(() -> app.get(MeterRegistry.class)
                        .counter("inbox.waits", "role", "inventory", "topic", "order_events")
                        .count()
                >= 6);
        app.counter().away.set(null);

        assertThat(delivery).succeedsWithin(Duration.ofSeconds(20));
        assertThat(app.effects(order)).containsExactly("OrderCreated");
        assertThat(parked(garbage)).hasSize(1);
    }

    @Test
    void aDiscardedEventThatComesAgainHoldsUpNobody() {
        var order = UUID.randomUUID();
        var garbage = received(app.place.raw(order.toString(), "no event"));
        deliver(garbage);
        app.get(Parking.class).discard(INVENTORY, parked(garbage).getFirst());

        deliver(garbage, received(app.place.record(CounterApp.created(order))));

        assertThat(app.effects(order)).containsExactly("OrderCreated");
    }

    @Test
    void whatIsDiscardedStaysSoWhenALaterVersionUnderstandsIt() {
        var order = UUID.randomUUID();
        var id = UUID.randomUUID();
        var text = new String(app.place.record(id, CounterApp.created(order)).value(), StandardCharsets.UTF_8);
        var later =
                received(app.place.raw(order.toString(), text.replace("\"event_version\":1", "\"event_version\":2")));

        assertThat(afterItsDiscard(id, later)).containsExactly(Inbox.Answer.DUPLICATE);
    }

    @Test
    void whatIsDiscardedOnTheWrongTopicMayStillComeOnTheRightOne() {
        var id = UUID.randomUUID();
        var event = new StockReleased(UUID.randomUUID(), CounterApp.now(), List.of());
        var misled = received(app.place.record(id, event));

        assertThat(afterItsDiscard(id, misled)).containsExactly(Inbox.Answer.FRESH);
    }

    @Test
    void aStoppedConsumerGoesOnWhenWhatComesIsKnownAlready() {
        var known = received(app.place.record(CounterApp.created(UUID.randomUUID())));
        deliver(known);
        var stopped = new StoppedConsumers();
        var halting = halting(stopped);
        assertThat(halting.deliver(List.of(garbage(), garbage()))).isEqualTo(1);
        assertThat(isStopped(stopped)).isTrue();

        assertThat(halting.deliver(List.of(known))).isEqualTo(1);

        assertThat(isStopped(stopped)).isFalse();
    }

    /** It stops at the second bad event, and may try the next at once. */
    private static Arrivals halting(StoppedConsumers stopped) {
        return new Arrivals(
                app.get(Receivers.class).of(INVENTORY, "order_events"),
                new Handling(
                        1, Duration.ofSeconds(150), new Handling.Excess(Duration.ofMinutes(5), 2, 0.5, Duration.ZERO)),
                app.get(Counters.class),
                stopped);
    }

    private static boolean isStopped(StoppedConsumers stopped) {
        return stopped.has(INVENTORY, Topology.ORDER_EVENTS);
    }

    private static Received garbage() {
        return received(app.place.raw(UUID.randomUUID().toString(), "no event"));
    }

    /** What the inbox says of an event that was parked and given up, when it comes again. */
    private static Inbox.Answer[] afterItsDiscard(UUID id, Received event) {
        deliver(event);
        app.get(Parking.class).discard(INVENTORY, parked(event).getFirst());
        return app.backbone()
                .tables()
                .inbox()
                .receive("order_events", List.of(new Inbox.Entry(id, event.sha256(), null)));
    }

    @Test
    void somethingElseUnderAKnownIdIsKeptAndHoldsUpNobody() {
        var order = UUID.randomUUID();
        var id = UUID.randomUUID();
        deliver(received(app.place.record(id, CounterApp.created(order))));

        var other = received(app.place.record(id, CounterApp.cancelled(order)));
        var next = received(app.place.record(CounterApp.confirmed(order)));
        deliver(other, next);
        deliver(received(app.place.record(CounterApp.cancelled(order))));

        assertThat(app.effects(order))
                .startsWith("OrderCreated", "OrderConfirmed")
                .contains("OrderCancelled");
        assertThat(parked(other)).hasSize(1);
        assertThat(parked(next)).isEmpty();
        assertThat(app.get(Parking.class).release(INVENTORY, parked(other).getFirst()))
                .isEqualTo(Parking.Result.FAILED_AGAIN);
        assertThat(app.get(Parking.class).discard(INVENTORY, parked(other).getFirst()))
                .isEqualTo(Parking.Result.DISCARDED);
    }

    /** A proxy may have read it and written it anew. */
    @Test
    void theSameAgainInOtherBytesIsARepetition() {
        var order = UUID.randomUUID();
        var record = app.place.record(UUID.randomUUID(), CounterApp.created(order));
        deliver(received(record));

        var text = new String(record.value(), StandardCharsets.UTF_8);
        var again = received(app.place.raw(
                order.toString(),
                text.replace("{", "{ \"more\": null, ").replace("1290", "129e1").replace("\"mug\"", "\"m\\u0075g\"")));
        deliver(again, received(app.place.record(CounterApp.cancelled(order))));

        assertThat(app.effects(order)).containsExactly("OrderCreated", "OrderCancelled");
        assertThat(parked(again)).isEmpty();
    }

    @Test
    void bytesThatCannotBeReadCountForTheOrderUnderWhoseKeyTheyCame() {
        var order = UUID.randomUUID();
        var free = UUID.randomUUID();
        var inCapitals = UUID.randomUUID();
        deliver(
                received(app.place.raw(order.toString(), "no event")),
                received(app.place.raw(inCapitals.toString().toUpperCase(Locale.ROOT), "no event")));
        // As the version before kept it.
        app.jdbc().update("update inventory.parked set order_id = null where key = ?", order.toString());

        assertThat(app.get(Parking.class).parkedOrders(INVENTORY, List.of(order, free, inCapitals)))
                .containsExactlyInAnyOrder(order, inCapitals);
    }

    @Test
    void anyKeyParks() {
        var garbage = received(app.place.raw(keyOf(4_000), "no event"));

        deliver(garbage);

        assertThat(parked(garbage)).hasSize(1);
        assertThat(app.jdbc()
                        .queryForObject(
                                "select raw_key from inventory.parked where \"offset\" = ?",
                                byte[].class,
                                garbage.offset()))
                .isEqualTo(garbage.key());
    }

    /** Letters that no compression makes fit an index. */
    private static String keyOf(int length) {
        var letters = new StringBuilder();
        while (letters.length() < length) {
            letters.append(UUID.randomUUID());
        }
        return letters.toString();
    }

    private static void deliver(Received... records) {
        arrivals.deliver(Arrays.asList(records));
    }

    private static Received received(ProducerRecord<byte[], byte[]> record) {
        return new Received(
                "order_events",
                0,
                1_000_000 + OFFSETS.incrementAndGet(),
                record.key(),
                record.value(),
                CounterApp.now(),
                List.of());
    }

    private static List<UUID> parked(Received record) {
        return app.jdbc()
                .queryForList("select id from inventory.parked where \"offset\" = ?", UUID.class, record.offset());
    }
}
