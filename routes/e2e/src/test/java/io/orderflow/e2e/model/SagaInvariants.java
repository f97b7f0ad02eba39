package io.orderflow.e2e.model;

import io.orderflow.contracts.CancellationReason;
import io.orderflow.contracts.OrderCancelled;
import io.orderflow.contracts.OrderConfirmed;
import io.orderflow.contracts.PaymentCompleted;
import io.orderflow.contracts.Role;
import io.orderflow.contracts.StockReserved;
import io.orderflow.messaging.model.Invariants;
import io.orderflow.messaging.model.World.Told;
import io.orderflow.orders.OrdersModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The invariants of the saga, by their numbers. A message that a service refuses, which would park it (I11), ends the
 * run.
 */
final class SagaInvariants implements Invariants {

    private static final List<String> TOPICS =
            List.of("order_events", "payment_events", "inventory_events", "order_contacts");

    /** Of any mail, however often nobody hears whether it was taken. */
    private static final int MOST_EXTRA_COPIES = 2;

    private final Saga saga;
    private final Map<String, Long> ends = new TreeMap<>();
    private long copies;

    SagaInvariants(Saga saga) {
        this.saga = saga;
    }

    /** How the orders of all runs have ended, and how often. */
    Map<String, Long> ends() {
        return ends;
    }

    /** How many mails went out a second time. */
    long copies() {
        return copies;
    }

    @Override
    public void always() {
        saga.payments.assertBalanced();
        saga.inventory.assertConserved();
    }

    @Override
    public void atRest() {
        var orders = saga.orders.orders();
        oneOrderForEachWish(orders);
        long sold = 0;
        for (var order : orders) {
            var wish = wishOf(order);
            isSettled(order);
            boolean confirmed = order.status().equals("CONFIRMED");
            sold += confirmed ? wish.quantity() : 0;
            moneyIsRight(order, confirmed ? wish.quantity() * OrdersModel.PRICE_MINOR : 0);
            servicesAgree(order, wish, confirmed);
            isToldInSequence(order);
            deadlineWasFair(order);
            if (saga.tellsCustomers()) {
                customerIsTold(order, confirmed);
            }
            ends.merge(endOf(order), 1L, Long::sum);
        }
        require(saga.inventory.sold(OrdersModel.SKU) == sold, "I4: sold", saga.inventory.sold(OrdersModel.SKU), sold);
        require(
                saga.inventory.reserved(OrdersModel.SKU) == 0,
                "I4: reserved",
                saga.inventory.reserved(OrdersModel.SKU),
                0);
    }

    private void oneOrderForEachWish(List<OrdersModel.Seen> orders) {
        var accepted = new TreeSet<>(orders.stream().map(OrdersModel.Seen::id).toList());
        for (var wish : saga.customers.wishes()) {
            require(
                    wish.order() != null && accepted.remove(wish.order()),
                    "I2: order of wish " + wish,
                    wish.order(),
                    "one");
        }
        require(accepted.isEmpty(), "I2: orders that nobody wished", accepted, "none");
    }

    private Customers.Wish wishOf(OrdersModel.Seen order) {
        return saga.customers.wishes().stream()
                .filter(wish -> order.id().equals(wish.order()))
                .findFirst()
                .orElseThrow();
    }

    private static void isSettled(OrdersModel.Seen order) {
        require(!order.status().equals("PENDING") && order.settled(), "I1: order", order, "final and settled");
    }

    private void moneyIsRight(OrdersModel.Seen order, long expected) {
        require(
                saga.payments.kept(order.id()) == expected,
                "I3: kept of " + order,
                saga.payments.kept(order.id()),
                expected);
    }

    private void servicesAgree(OrdersModel.Seen order, Customers.Wish wish, boolean confirmed) {
        var payment = saga.payments.state(order.id());
        var stock = saga.inventory.state(order.id());
        if (confirmed) {
            require(
                    payment.equals("CAPTURED") && stock.equals("SOLD"),
                    "I8: confirmed",
                    payment + " " + stock,
                    "captured, sold");
            require(
                    saga.inventory.quantity(order.id()) == wish.quantity(),
                    "I4: bought",
                    saga.inventory.quantity(order.id()),
                    wish);
        } else {
            var undone = saga.payments.wasCaptured(order.id()) ? "REFUNDED" : "VOIDED";
            require(
                    payment.equals(undone) && stock.equals("RELEASED"),
                    "I8: cancelled",
                    payment + " " + stock,
                    undone + " RELEASED");
        }
        var said = told("order_events", order.id())
                .map(told -> told.event().getClass())
                .toList();
        require(said.contains(OrderConfirmed.class) == confirmed, "I8: confirmation", said, confirmed);
        require(said.contains(OrderCancelled.class) != confirmed, "I8: cancellation", said, !confirmed);
    }

    /** The first delivery of each event follows the one before; an event may come again later. */
    private void isToldInSequence(OrdersModel.Seen order) {
        for (var role : List.of(
                List.of("order_events", "order_contacts"), List.of("payment_events"), List.of("inventory_events"))) {
            var all = new TreeSet<Long>();
            for (var topic : role) {
                long last = 0;
                for (var told : told(topic, order.id()).toList()) {
                    if (all.add(told.sequence())) {
                        require(told.sequence() > last, "I7: " + topic + " after " + last, told.sequence(), "more");
                        last = told.sequence();
                    }
                }
            }
            for (long number = 1; number <= all.size(); number++) {
                require(all.contains(number), "I7: " + role, all, "no gap");
            }
        }
        // Each fact is said once, however often it is sent.
        for (var topic : TOPICS) {
            var types = new HashMap<Class<?>, Long>();
            told(topic, order.id()).forEach(told -> {
                var first = types.putIfAbsent(told.event().getClass(), told.sequence());
                require(first == null || first == told.sequence(), "I6: said twice", told, "once");
            });
        }
    }

    /** Orders was not called off for a silence while both answers were there to be heard in time. */
    private void deadlineWasFair(OrdersModel.Seen order) {
        if (order.reason() == CancellationReason.DEADLINE) {
            var up = order.createdAt().plus(Saga.DEADLINE);
            boolean paid = told("payment_events", order.id())
                    .anyMatch(told -> told.event() instanceof PaymentCompleted
                            && told.at().isBefore(up));
            boolean reserved = told("inventory_events", order.id())
                    .anyMatch(told ->
                            told.event() instanceof StockReserved && told.at().isBefore(up));
            told("order_events", order.id())
                    .filter(told -> told.event() instanceof OrderCancelled)
                    .forEach(told -> require(
                            !told.event().occurredAt().isBefore(up),
                            "I8: called off too early",
                            told,
                            "not before " + up));
            require(
                    !(paid && reserved),
                    "I8: called off by its deadline",
                    order,
                    "not while both answers were there in time");
        }
    }

    private void customerIsTold(OrdersModel.Seen order, boolean confirmed) {
        var refunded = !confirmed && saga.payments.wasCaptured(order.id());
        var outcomes = Stream.of(confirmed ? "CONFIRMED" : "CANCELLED", refunded ? "REFUNDED" : null)
                .filter(one -> one != null)
                .toList();
        var mails = saga.notifications.mails(order.id());
        var expected = outcomes.stream()
                .map(one ->
                        one + (mails.contains(one + " IN_DOUBT") && mayBeInDoubt(order, one) ? " IN_DOUBT" : " SENT"))
                .toList();
        require(mails.equals(expected), "I9: mails about " + order, mails, expected);
        for (var outcome : List.of("CONFIRMED", "CANCELLED", "REFUNDED")) {
            int arrived = saga.mailServer.copies(order.id(), outcome);
            int least = expected.contains(outcome + " SENT") ? 1 : 0;
            int more = saga.mailServer.cuts(order.id(), outcome)
                    + saga.world.doubts(Role.NOTIFICATIONS, "send-mail", order.id(), outcome);
            int most = outcomes.contains(outcome) ? 1 + Math.min(more, MOST_EXTRA_COPIES) : 0;
            require(
                    arrived >= least && arrived <= most,
                    "I9: copies of " + outcome + " to " + order,
                    arrived,
                    least + " to " + most);
            copies += Math.max(0, arrived - 1);
        }
    }

    /** Nobody knows how three attempts at it have ended. */
    private boolean mayBeInDoubt(OrdersModel.Seen order, String outcome) {
        return saga.mailServer.unheard(order.id(), outcome)
                        + saga.world.unknownEnds(Role.NOTIFICATIONS, "send-mail", order.id(), outcome)
                > MOST_EXTRA_COPIES;
    }

    private String endOf(OrdersModel.Seen order) {
        var money = saga.payments.wasCaptured(order.id()) ? "" : " uncharged";
        return order.status() + (order.reason() == null ? "" : " " + order.reason() + money);
    }

    private Stream<Told> told(String topic, UUID order) {
        return saga.world.told(topic, order);
    }

    private static void require(boolean holds, String what, Object value, Object expected) {
        if (!holds) {
            throw new AssertionError(what + ": " + value + " (expected: " + expected + ")");
        }
    }
}
