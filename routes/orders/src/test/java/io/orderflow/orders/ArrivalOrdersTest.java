package io.orderflow.orders;

import static io.orderflow.orders.Told.NOW;
import static io.orderflow.orders.Told.completed;
import static io.orderflow.orders.Told.declined;
import static io.orderflow.orders.Told.pending;
import static io.orderflow.orders.Told.refunded;
import static io.orderflow.orders.Told.rejected;
import static io.orderflow.orders.Told.released;
import static io.orderflow.orders.Told.reserved;
import static io.orderflow.orders.Told.voided;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.contracts.CancellationReason;
import io.orderflow.contracts.Event;
import io.orderflow.contracts.OrderCancelled;
import io.orderflow.contracts.OrderConfirmed;
import io.orderflow.contracts.PaymentCompleted;
import io.orderflow.contracts.PaymentDeclined;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every way in which a saga can reach orders: each event as soon as its cause is there, then at any time, once or
 * twice, with the customer's cancellation and the deadline anywhere between, or never. A path ends when nothing more
 * can come; there the order must be where a saga may end.
 */
class ArrivalOrdersTest {

    private static final UUID ID = new UUID(0, 1);
    private static final int TIMES = 2;

    /** What payments and inventory answer to {@code OrderCreated}, if they hear of it before the cancellation. */
    private enum World {
        GOOD(completed(ID), reserved(ID)),
        DECLINED(declined(ID), reserved(ID)),
        OUT_OF_STOCK(completed(ID), rejected(ID)),
        NEITHER(declined(ID), rejected(ID)),
        PAYMENTS_SILENT(null, reserved(ID)),
        INVENTORY_SILENT(completed(ID), null),
        BOTH_SILENT(null, null);

        private final Event payment;
        private final Event stock;

        World(Event payment, Event stock) {
            this.payment = payment;
            this.stock = stock;
        }

        /** What payments answers to {@code OrderCancelled}. */
        Event undone() {
            return payment instanceof PaymentCompleted ? refunded(ID) : voided(ID);
        }
    }

    /** A step that may still come, and how often. */
    private record Coming(Object step, int times) {}

    /** Where a path is. */
    private record Place(Order order, List<Coming> coming) {}

    @ParameterizedTest
    @EnumSource(World.class)
    void everyWayEndsWhereASagaMayEnd(World world) {
        Set<Order> ends = new HashSet<>();

        walk(world, start(world), ends::add, new HashSet<>());

        assertThat(ends).isNotEmpty().allSatisfy(end -> assertThatIsLegal(world, end));
    }

    @Test
    void everyLegalEndIsReached() {
        Set<String> reached = new HashSet<>();
        for (var world : World.values()) {
            walk(
                    world,
                    start(world),
                    end -> reached.add(end.status() + " " + end.reason() + " " + end.payment()),
                    new HashSet<>());
        }
        assertThat(reached)
                .contains(
                        "CONFIRMED null CAPTURED",
                        "CANCELLED CUSTOMER REFUNDED",
                        "CANCELLED CUSTOMER VOIDED",
                        "CANCELLED CUSTOMER DECLINED",
                        "CANCELLED DEADLINE REFUNDED",
                        "CANCELLED DEADLINE VOIDED",
                        "CANCELLED OUT_OF_STOCK REFUNDED",
                        "CANCELLED OUT_OF_STOCK DECLINED",
                        "CANCELLED PAYMENT_DECLINED DECLINED");
    }

    @Test
    void aCancelledOrderEndsTheSameInEveryOrderOfWhatItStillHears() {
        for (var world : World.values()) {
            List<Event> heard = new ArrayList<>();
            addIfThere(heard, world.payment);
            addIfThere(heard, world.stock);
            heard.add(world.undone());
            heard.add(released(ID));
            heard.addAll(List.copyOf(heard));
            Set<Order> ends = new HashSet<>();
            permute(heard, 0, order -> ends.add(hearAll(order)));
            assertThat(ends).as(world.name()).hasSize(1);
        }
    }

    private static Order hearAll(List<Event> events) {
        var order =
                Decisions.cancel(pending(ID), CancellationReason.CUSTOMER, NOW).order();
        for (var event : events) {
            order = Decisions.hear(order, event, NOW).order();
        }
        return order;
    }

    private static void permute(List<Event> events, int from, Consumer<List<Event>> each) {
        if (from == events.size()) {
            each.accept(events);
            return;
        }
        Set<Event> placed = new HashSet<>();
        for (int i = from; i < events.size(); i++) {
            if (placed.add(events.get(i))) {
                swap(events, from, i);
                permute(events, from + 1, each);
                swap(events, from, i);
            }
        }
    }

    private static void swap(List<Event> events, int one, int other) {
        var kept = events.get(one);
        events.set(one, events.get(other));
        events.set(other, kept);
    }

    private static Place start(World world) {
        List<Coming> coming = new ArrayList<>();
        addComing(coming, world.payment);
        addComing(coming, world.stock);
        coming.add(new Coming(CancellationReason.CUSTOMER, TIMES));
        coming.add(new Coming(CancellationReason.DEADLINE, TIMES));
        return new Place(pending(ID), coming);
    }

    private static void walk(World world, Place place, Consumer<Order> end, Set<Place> seen) {
        if (!seen.add(place)) {
            return;
        }
        for (var next : place.coming()) {
            walk(world, step(world, place, next), end, seen);
        }
        if (place.coming().isEmpty()) {
            end.accept(place.order());
        }
    }

    private static Place step(World world, Place place, Coming next) {
        var before = place.order();
        var decision = next.step() instanceof Event event
                ? Decisions.hear(before, event, NOW)
                : Decisions.cancel(before, (CancellationReason) next.step(), NOW);
        var after = decision.order();
        assertThatIsAStep(before, decision);
        List<Coming> coming = new ArrayList<>(place.coming());
        coming.remove(next);
        if (next.times() > 1) {
            coming.add(new Coming(next.step(), next.times() - 1));
        }
        if (decision.says() instanceof OrderCancelled) {
            coming.add(new Coming(world.undone(), TIMES));
            coming.add(new Coming(released(ID), TIMES));
        }
        coming.sort((one, other) -> one.toString().compareTo(other.toString()));
        return new Place(after, coming);
    }

    /** What is final stays, and becoming final is said, at once and once. */
    private static void assertThatIsAStep(Order before, Decision decision) {
        var after = decision.order();
        if (before.status() != Status.PENDING) {
            assertThat(after.status()).isEqualTo(before.status());
            assertThat(after.reason()).isEqualTo(before.reason());
            assertThat(decision.says()).isNull();
        } else {
            switch (after.status()) {
                case PENDING -> assertThat(decision.says()).isNull();
                case CONFIRMED -> assertThat(decision.says()).isInstanceOf(OrderConfirmed.class);
                case CANCELLED -> assertThat(decision.says()).isInstanceOf(OrderCancelled.class);
            }
        }
    }

    /** Money and stock are the customer's, or nobody's. */
    private static void assertThatIsLegal(World world, Order end) {
        assertThat(end.settled()).as(end.toString()).isTrue();
        switch (end.status()) {
            case PENDING -> throw new AssertionError("not final: " + end);
            case CONFIRMED -> {
                assertThat(world).isEqualTo(World.GOOD);
                assertThat(end.isPaidAndReserved()).isTrue();
            }
            case CANCELLED -> {
                assertThat(end.stock()).isEqualTo(StockStatus.RELEASED);
                assertThat(end.payment()).isEqualTo(expectedPayment(world));
            }
        }
    }

    private static PaymentStatus expectedPayment(World world) {
        if (world.payment == null) {
            return PaymentStatus.VOIDED;
        }
        return world.payment instanceof PaymentDeclined ? PaymentStatus.DECLINED : PaymentStatus.REFUNDED;
    }

    private static void addComing(List<Coming> coming, Event event) {
        if (event != null) {
            coming.add(new Coming(event, TIMES));
        }
    }

    private static void addIfThere(List<Event> events, Event event) {
        if (event != null) {
            events.add(event);
        }
    }
}
