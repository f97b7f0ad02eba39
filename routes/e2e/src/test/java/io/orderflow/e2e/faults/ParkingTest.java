package io.orderflow.e2e.faults;

import static io.orderflow.contracts.Role.INVENTORY;
import static io.orderflow.contracts.Role.ORDERS;
import static io.orderflow.e2e.shop.OrderForm.anOrder;
import static io.orderflow.e2e.shop.Shop.PRICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.contracts.Role;
import io.orderflow.e2e.shop.Journal;
import io.orderflow.e2e.shop.PausedWorkers;
import io.orderflow.e2e.shop.Shop;
import io.orderflow.e2e.shop.Site;
import io.orderflow.messaging.Parking;
import io.orderflow.messaging.Parking.Parked;
import io.orderflow.messaging.Parking.Reason;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Events that cannot be handled: they stop nobody else, and an operator can settle them. */
class ParkingTest {

    private static Shop shop;

    @BeforeAll
    static void open() {
        shop = Shop.at(Site.fresh(), "--spring.main.sources=" + PausedWorkers.Module.class.getName());
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void anEventThatCannotBeHandledParksItsOrderAndNobodyElse() {
        var mug = shop.stocks(30);
        var workers = shop.instance().get(PausedWorkers.class);
        workers.pause("payments.charge-order");
        var bad = shop.places(anOrder().of(1, mug));
        shop.breaks("orders.orders", "id", bad);
        var forms = Shop.orders(20, mug);
        var others = shop.placesAll(forms);
        workers.goOn();

        others.forEach(order -> shop.eventually(order).isConfirmed());
        awaitParked(ORDERS, bad, 1);
        assertThat(shop.parkedOf(ORDERS, bad)).extracting(Parked::reason).contains(Reason.FAILED);
        shop.eventually(bad).comesTrue(() -> assertThat(shop.journal().of(bad))
                .filteredOn(entry -> entry.topic().equals("dead_letters"))
                .isNotEmpty());
        shop.repairs("orders.orders", bad);

        releaseAll(ORDERS, bad, "payment_events", "inventory_events");

        shop.eventually(bad).isConfirmed().isSettled().hasMoved(PRICE);
        assertThat(shop.parkedOf(ORDERS, bad)).isEmpty();
        shop.eventuallyHas(mug, 9, 0, 21);
    }

    @Test
    void aDiscardedEventHasNoEffectAndWhatFollowsMayBeReleased() {
        var mug = shop.stocks(3);
        var workers = shop.instance().get(PausedWorkers.class);
        workers.pause("payments.charge-order");
        var order = shop.places(anOrder().of(1, mug));
        shop.writes("payment_events", order.toString(), wrongAmount(order));
        awaitParked(ORDERS, order, 1);
        workers.goOn();
        awaitParked(ORDERS, order, 2);
        var parked = shop.parkedOf(ORDERS, order);
        assertThat(parked).extracting(Parked::reason).containsExactly(Reason.FAILED, Reason.FOLLOWER);
        var parking = shop.instance().parking();

        assertThat(parking.release(ORDERS, parked.get(1).id())).isEqualTo(Parking.Result.BEHIND_ANOTHER);
        assertThat(parking.release(ORDERS, parked.get(0).id())).isEqualTo(Parking.Result.FAILED_AGAIN);
        assertThat(parking.discard(ORDERS, parked.get(0).id())).isEqualTo(Parking.Result.DISCARDED);
        assertThat(parking.release(ORDERS, parked.get(1).id())).isEqualTo(Parking.Result.RELEASED);

        shop.eventually(order).isConfirmed().hasMoved(PRICE);
        assertThat(parking.release(ORDERS, parked.get(1).id())).isEqualTo(Parking.Result.NOT_PARKED);
    }

    @Test
    void theCustomerMayCancelAnOrderThatIsParked() {
        var mug = shop.stocks(3);
        var workers = shop.instance().get(PausedWorkers.class);
        workers.pause("payments.charge-order");
        var order = shop.places(anOrder().of(1, mug));
        shop.writes("payment_events", order.toString(), wrongAmount(order));
        awaitParked(ORDERS, order, 1);

        shop.cancels(order).expect(202);
        workers.goOn();

        shop.eventually(order).hasMoved(0);
        shop.eventuallyHas(mug, 3, 0, 0);
        assertThat(shop.looksAt(order).text("reason")).isEqualTo("CUSTOMER");
    }

    @Test
    void aReleaseMayRaceWithConsumersAndOtherOperators() throws Exception {
        var mug = shop.stocks(10);
        var workers = shop.instance().get(PausedWorkers.class);
        workers.pause("payments.charge-order");
        var forms = Shop.orders(10, mug);
        var orders = shop.placesAll(forms);
        orders.forEach(order -> shop.breaks("orders.orders", "id", order));
        workers.goOn();
        orders.forEach(order -> shop.eventually(order)
                .comesTrue(() -> assertThat(shop.saidOf(order)).contains("PaymentCompleted")));
        orders.forEach(order -> awaitParked(ORDERS, order, 1));

        orders.forEach(order -> shop.repairs("orders.orders", order));
        try (var operators = Executors.newVirtualThreadPerTaskExecutor()) {
            var work = Stream.of(1, 2, 3)
                    .map(operator -> operators.submit(() ->
                            orders.forEach(order -> releaseAll(ORDERS, order, "payment_events", "inventory_events"))))
                    .toList();
            orders.forEach(order -> shop.repeats(shop.journal().of(order)));
            for (var done : work) {
                done.get();
            }
        }
        shop.comesToRest();
        orders.forEach(order -> releaseAll(ORDERS, order, "payment_events", "inventory_events"));

        orders.forEach(order -> shop.eventually(order).isConfirmed().hasMoved(PRICE));
        shop.comesToRest();
        shop.keepsItsBooks(forms, orders);
        for (var order : orders) {
            assertThat(shop.journal().of(order).stream()
                            .filter(entry -> entry.type().equals("OrderConfirmed"))
                            .map(Journal.Entry::eventId)
                            .distinct())
                    .as(shop.journal().tell(order))
                    .hasSize(1);
            assertThat(shop.parkedOf(ORDERS, order)).isEmpty();
        }
        shop.eventuallyHas(mug, 0, 0, 10);
    }

    @Test
    void bytesThatAreNoEventParkAndStopNobody() {
        var stray = UUID.randomUUID();
        for (var topic : List.of("order_events", "payment_events", "inventory_events")) {
            shop.writes(
                    topic, stray.toString(), "{\"event_id\": 7".getBytes(StandardCharsets.UTF_8), new byte[] {-1, 0});
        }
        var mug = shop.stocks(1);

        var order = shop.places(anOrder().of(1, mug));

        shop.eventually(order).isConfirmed();
        await().atMost(Shop.PATIENCE)
                .until(() -> shop.instance().parking().list(INVENTORY, 1000).stream()
                                .filter(parked -> parked.reason() == Reason.UNREADABLE)
                                .count()
                        >= 2);
    }

    private static void awaitParked(Role role, UUID order, int least) {
        shop.eventually(order)
                .comesTrue(() -> assertThat(shop.parkedOf(role, order)).hasSizeGreaterThanOrEqualTo(least));
    }

    private static void releaseAll(Role role, UUID order, String... topics) {
        for (var topic : topics) {
            shop.instance().parking().releaseOrder(role, topic, order);
        }
    }

    private static byte[] wrongAmount(UUID order) {
        return """
                {"event_id":"%s","event_type":"PaymentCompleted","event_version":1,"occurred_at":"2026-01-01T00:00:00Z",\
                "order_id":"%s","sequence":1,"payload":{"amount":{"amount_minor":1,"currency":"EUR"}}}""".formatted(UUID.randomUUID(), order).getBytes(StandardCharsets.UTF_8);
    }
}
