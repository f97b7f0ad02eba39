package io.orderflow.messaging.flow;

import static io.orderflow.contracts.Role.INVENTORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.messaging.Parking;
import io.orderflow.messaging.Progress;
import io.orderflow.messaging.counter.Counter;
import io.orderflow.messaging.counter.CounterApp;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;

/** The backbone's promises, on a real broker and a real database, seen from the smallest participant. */
class BackboneTest {

    private static CounterApp app;

    @BeforeAll
    static void start() {
        app = new CounterApp(CounterApp.Place.fresh(), "orderflow.messaging.work-lease=2s");
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @AfterEach
    void heal() {
        app.counter().poison.clear();
        app.counter().away.set(null);
    }

    @Test
    void anEventTakesEffectAndItsAnswerReachesKafka() {
        var order = UUID.randomUUID();

        app.place.write(CounterApp.created(order));

        await().untilAsserted(() -> assertThat(app.place.readValues("inventory_events"))
                .anyMatch(value -> value.contains(order.toString()) && value.contains("StockReserved")));
        assertThat(app.effects(order)).containsExactly("OrderCreated");
        await().until(() -> app.count("select count(*) from inventory.outbox") == 0);
    }

    @Test
    void anEventThatIsDeliveredManyTimesTakesEffectOnce() {
        var order = UUID.randomUUID();
        var record = app.place.record(UUID.randomUUID(), CounterApp.created(order));
        var last = UUID.randomUUID();

        app.place.write("order_events", Collections.nCopies(100, record));
        app.place.write(CounterApp.created(last));
        app.place.write("order_events", List.of(record, app.place.record(CounterApp.confirmed(order))));

        await().until(() -> app.effects(order).contains("OrderConfirmed"));
        assertThat(app.effects(order)).filteredOn("OrderCreated"::equals).hasSize(1);
    }

    @Test
    void anotherEventUnderAKnownIdIsParked() {
        var order = UUID.randomUUID();
        var id = UUID.randomUUID();

        app.place.write("order_events", List.of(app.place.record(id, CounterApp.created(order))));
        await().until(() -> app.effects(order).size() == 1);
        var other = app.place.record(id, CounterApp.cancelled(order));
        app.place.write("order_events", List.of(other, app.place.record(CounterApp.confirmed(order))));

        await().until(() -> app.effects(order).contains("OrderConfirmed"));
        assertThat(parked(order)).extracting(Parking.Parked::reason).containsExactly(Parking.Reason.NOT_UNDERSTOOD);
        assertThat(app.effects(order)).doesNotContain("OrderCancelled");
    }

    @Test
    void aPoisonEventParksItsOrderAndNobodyElse() {
        var bad = UUID.randomUUID();
        var others = IntStream.range(0, 50).mapToObj(i -> UUID.randomUUID()).toList();
        app.counter().poison.add(bad);
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        others.subList(0, 25).forEach(order -> records.add(app.place.record(CounterApp.created(order))));
        records.add(app.place.record(CounterApp.created(bad)));
        records.add(app.place.record(CounterApp.confirmed(bad)));
        others.subList(25, 50).forEach(order -> records.add(app.place.record(CounterApp.created(order))));

        app.place.write("order_events", records);

        await().until(() -> others.stream().allMatch(order -> app.effects(order).size() == 1));
        await().until(() -> parked(bad).size() == 2);
        assertThat(parked(bad))
                .extracting(Parking.Parked::reason)
                .containsExactly(Parking.Reason.FAILED, Parking.Reason.FOLLOWER);
        assertThat(app.effects(bad)).isEmpty();
        await().untilAsserted(() -> assertThat(app.place.readValues("dead_letters"))
                .anyMatch(value -> value.contains(bad.toString()) && value.contains("\"reason\":\"FAILED\"")));
    }

    @Test
    void aReleasedOrderTakesEffectInItsOrder() {
        var order = UUID.randomUUID();
        app.counter().poison.add(order);
        app.place.write(CounterApp.created(order), CounterApp.confirmed(order));
        await().until(() -> parked(order).size() == 2);
        var parking = app.get(Parking.class);

        assertThat(parking.release(INVENTORY, parked(order).get(1).id())).isEqualTo(Parking.Result.BEHIND_ANOTHER);
        assertThat(parking.release(INVENTORY, parked(order).get(0).id())).isEqualTo(Parking.Result.FAILED_AGAIN);
        app.counter().poison.clear();
        assertThat(parking.releaseOrder(INVENTORY, "order_events", order)).isEqualTo(2);

        assertThat(app.effects(order)).startsWith("OrderCreated", "OrderConfirmed");
        app.place.write(CounterApp.cancelled(order));
        await().until(() -> app.effects(order).contains("OrderCancelled"));
    }

    @Test
    void anEventThatWasParkedForTooLongMayOnlyBeDiscarded() {
        var order = UUID.randomUUID();
        app.counter().poison.add(order);
        app.place.write(CounterApp.created(order));
        await().until(() -> parked(order).size() == 1);
        app.counter().poison.clear();
        var parking = app.get(Parking.class);
        var id = parked(order).getFirst().id();
        app.jdbc().update("update inventory.parked set parked_at = now() - interval '8 days' where id = ?", id);

        assertThat(parking.release(INVENTORY, id)).isEqualTo(Parking.Result.TOO_LATE);
        assertThat(parking.releaseOrder(INVENTORY, "order_events", order)).isZero();
        assertThat(app.effects(order)).isEmpty();
        assertThat(parking.discard(INVENTORY, id)).isEqualTo(Parking.Result.DISCARDED);
    }

    @Test
    void aDiscardedEventNeverTakesEffectAndItsFollowersMay() {
        var order = UUID.randomUUID();
        app.counter().poison.add(order);
        var record = app.place.record(UUID.randomUUID(), CounterApp.created(order));
        app.place.write("order_events", List.of(record, app.place.record(CounterApp.confirmed(order))));
        await().until(() -> parked(order).size() == 2);
        app.counter().poison.clear();
        var parking = app.get(Parking.class);

        var discarded = parked(order).get(0).id();
        assertThat(parking.discard(INVENTORY, discarded)).isEqualTo(Parking.Result.DISCARDED);
        assertThat(parking.release(INVENTORY, discarded)).isEqualTo(Parking.Result.NOT_PARKED);
        assertThat(parking.releaseOrder(INVENTORY, "order_events", order)).isEqualTo(1);
        app.place.write("order_events", List.of(record, app.place.record(CounterApp.cancelled(order))));

        await().until(() -> app.effects(order).contains("OrderCancelled"));
        assertThat(app.effects(order)).doesNotContain("OrderCreated");
    }

    @Test
    void aCancellationPassesAParkedOrder() {
        var order = UUID.randomUUID();
        app.counter().poison.add(order);
        app.place.write(CounterApp.created(order));
        await().until(() -> parked(order).size() == 1);
        app.counter().poison.clear();

        app.place.write(CounterApp.confirmed(order), CounterApp.cancelled(order));

        await().until(() -> app.effects(order).equals(List.of("OrderCancelled")));
        assertThat(parked(order)).hasSize(2);
    }

    @Test
    void anUnknownTypeIsKeptAndDoesNotHoldUpItsOrder() {
        var order = UUID.randomUUID();
        var known = new String(app.place.record(CounterApp.created(order)).value(), StandardCharsets.UTF_8);

        app.place.write(
                "order_events",
                List.of(
                        app.place.raw(order.toString(), known.replace("OrderCreated", "OrderWrapped")),
                        app.place.raw(order.toString(), known.replace("\"event_version\":1", "\"event_version\":2")),
                        app.place.record(CounterApp.confirmed(order))));

        await().until(() -> app.effects(order).contains("OrderConfirmed"));
        assertThat(parked(order))
                .extracting(Parking.Parked::reason)
                .containsExactly(Parking.Reason.NOT_UNDERSTOOD, Parking.Reason.NOT_UNDERSTOOD);
    }

    @Test
    void infrastructureThatIsAwayIsWaitedForAndNothingIsParked() {
        var order = UUID.randomUUID();
        app.counter().away.set(Counter.lostConnection());

        double waits = app.get(MeterRegistry.class).get("inbox.waits").counter().count();
        app.place.write(CounterApp.created(order));
        await().until(() -> app.get(MeterRegistry.class)
                        .get("inbox.waits")
                        .tag("role", "inventory")
                        .tag("topic", "order_events")
                        .counter()
                        .count()
                > waits);
        app.counter().away.set(null);

        await().until(() -> app.effects(order).equals(List.of("OrderCreated")));
        assertThat(parked(order)).isEmpty();
    }

    @Test
    void whatFailsAfterTheCommitUndoesNothing() {
        List<String> steps = new ArrayList<>();

        app.backbone().run(transaction -> {
            transaction.afterCommit(() -> {
                throw new IllegalStateException("after the commit");
            });
            transaction.afterCommit(() -> steps.add("next"));
            return null;
        });

        assertThat(steps).containsExactly("next");
    }

    @Test
    void aUnitOfWorkHearsOfItsCommitAndOfNoneThatFailed() {
        var mine = Thread.currentThread();
        var unstorable = new Counter.Ask(null);

        assertThatThrownBy(() -> app.backbone().run(transaction -> {
                    transaction.load(List.of());
                    transaction.request("inventory.ask", unstorable, null);
                    return null;
                }))
                .isInstanceOf(DataIntegrityViolationException.class);
        assertThat(app.counter().committed).doesNotContain(mine);

        app.backbone().run(transaction -> {
            transaction.load(List.of());
            return null;
        });
        assertThat(app.counter().committed).containsOnlyOnce(mine);
    }

    @Test
    void workIsCarriedOutAfterTheCommitAndAgainUntilItSucceeds() {
        var order = UUID.randomUUID();
        app.counter().failingWork.release(1);

        app.place.write(CounterApp.confirmed(order));

        await().until(() -> app.effects(order).contains("Answered"));
        assertThat(app.effects(order)).containsExactly("OrderConfirmed", "Answered");
        assertThat(app.count("select count(*) from inventory.work")).isZero();
    }

    @Test
    void workThatIsDoneIsNotDoneAgainBecauseItsAnswerCouldNotBeWrittenDownAtOnce() {
        var order = UUID.randomUUID();
        app.counter().failingAnswers.release(3);

        app.place.write(CounterApp.confirmed(order));

        await().until(() -> app.effects(order).contains("Answered"));
        assertThat(app.counter().failingAnswers.availablePermits()).isZero();
        assertThat(app.counter().called)
                .filteredOn(ask -> ask.orderId().equals(order))
                .hasSize(1);
    }

    @Test
    void workStaysWithItsWorkerForAsLongAsTheCallTakes() {
        var order = UUID.randomUUID();
        var call = new CountDownLatch(1);
        app.counter().heldCalls.put(order, call);

        app.place.write(CounterApp.confirmed(order));
        await().until(() -> app.count("""
                select count(*) from inventory.work
                where order_id = '%s' and due_at > created_at + interval '7 s'""".formatted(order)) == 1);
        call.countDown();

        await().until(() -> app.effects(order).contains("Answered"));
        assertThat(app.counter().called)
                .filteredOn(ask -> ask.orderId().equals(order))
                .hasSize(1);
    }

    @Test
    void workThatThisVersionCannotReadHoldsUpNoOther() {
        var order = UUID.randomUUID();
        app.jdbc().update("""
                insert into inventory.work (id, channel, order_id, subject, body)
                values (gen_random_uuid(), 'inventory.ask', gen_random_uuid(), '', '{"type":"io.orderflow.Later","work":{}}')""");
        try {
            app.place.write(CounterApp.confirmed(order));

            await().until(() -> app.effects(order).contains("Answered"));
            await().until(() -> app.count("select count(*) from inventory.work where error like '%Later'") == 1);
        } finally {
            app.jdbc().update("delete from inventory.work where body like '%Later%'");
        }
    }

    @Test
    void garbageIsParkedWithItsBytes() {
        var marker = UUID.randomUUID();
        app.place.write(
                "order_events",
                List.of(
                        app.place.raw(null, "no key"),
                        app.place.raw("no-uuid", "{" + marker),
                        app.place.raw(marker.toString(), null),
                        app.place.raw(marker.toString(), "[".repeat(5_000))));
        var order = UUID.randomUUID();
        app.place.write(CounterApp.created(order));

        await().until(() -> app.effects(order).size() == 1);
        await().until(() ->
                app.count("select count(*) from inventory.parked where key in ('', 'no-uuid', '" + marker + "')") == 4);
        assertThat(app.jdbc().queryForObject("select value from inventory.parked where key = 'no-uuid'", byte[].class))
                .isEqualTo(("{" + marker).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aWriterThatKnowsTheBodyOnlyIsUnderstood() {
        var order = UUID.randomUUID();
        app.place.write(
                "order_events", List.of(app.place.raw(order.toString(), """
                        {"event_id": "%s", "event_type": "OrderCreated", "event_version": 1, "order_id": "%s", "sequence": 1,
                         "occurred_at": "2026-11-01T12:00:00+01:00", "unknown": [1], "payload": {"customer_id": "ada", "more": {},
                         "total": {"amount_minor": 1290, "currency": "EUR"}, "payment_token": "tok_visa",
                         "lines": [{"sku": "mug", "quantity": 1}]}}""".formatted(UUID.randomUUID(), order))));

        await().until(() -> app.effects(order).equals(List.of("OrderCreated")));
    }

    @Test
    void whoWritesInTransactionsLeavesNothingThatLooksUnhandled() {
        var order = UUID.randomUUID();
        var before = CounterApp.now();
        app.place.writeInOneTransaction(CounterApp.created(order), CounterApp.confirmed(order));

        await().until(() -> app.effects(order).contains("OrderConfirmed"));
        await().until(() -> app.get(Progress.class)
                .caughtUpTo(INVENTORY)
                .filter(heard -> heard.isAfter(before))
                .isPresent());
    }

    private List<Parking.Parked> parked(UUID order) {
        return app.get(Parking.class).list(INVENTORY, 1_000).stream()
                .filter(one -> order.equals(one.orderId()))
                .toList();
    }
}
