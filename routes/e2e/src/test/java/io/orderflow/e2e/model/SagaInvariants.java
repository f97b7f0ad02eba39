package io.orderflow.e2e.model;

import static io.orderflow.contracts.Role.INVENTORY;
import static io.orderflow.contracts.Role.NOTIFICATIONS;
import static io.orderflow.contracts.Role.ORDERS;
import static io.orderflow.contracts.Role.PAYMENTS;

import io.orderflow.contracts.CancellationReason;
import io.orderflow.contracts.OrderCancelled;
import io.orderflow.contracts.OrderConfirmed;
import io.orderflow.contracts.OrderContact;
import io.orderflow.contracts.PaymentCompleted;
import io.orderflow.contracts.PaymentRefunded;
import io.orderflow.contracts.PaymentVoided;
import io.orderflow.contracts.Role;
import io.orderflow.contracts.StockReleased;
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
import java.util.function.UnaryOperator;
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

    private static final String SENT = " SENT";
    private static final String IN_DOUBT = " IN_DOUBT";

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

    /** Where a log was lost, an order may be without an answer, and waits for its deadline. */
    @Override
    public boolean isOver() {
        return !saga.world.hasLost()
                || saga.orders.orders().stream()
                        .noneMatch(order -> order.status().equals("PENDING"));
    }

    @Override
    public void atRest() {
        var orders = saga.orders.orders();
        oneOrderForEachWish(orders);
        long sold = 0;
        long reserved = 0;
        for (var order : orders) {
            var wish = wishOf(order);
            isSettled(order);
            boolean confirmed = order.status().equals("CONFIRMED");
            moneyIsRight(order, confirmed ? wish.quantity() * OrdersModel.PRICE_MINOR : 0);
            var stock = servicesAgree(order, wish, confirmed);
            sold += stock.equals("SOLD") ? wish.quantity() : 0;
            reserved += stock.equals("RESERVED") ? wish.quantity() : 0;
            isToldInSequence(order);
            deadlineWasFair(order);
            if (saga.tellsCustomers()) {
                customerIsTold(order, confirmed);
            }
            ends.merge(endOf(order), 1L, Long::sum);
        }
        require(saga.inventory.sold(OrdersModel.SKU) == sold, "I4: sold", saga.inventory.sold(OrdersModel.SKU), sold);
        require(
                saga.inventory.reserved(OrdersModel.SKU) == reserved,
                "I4: reserved",
                saga.inventory.reserved(OrdersModel.SKU),
                reserved);
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

    /** An order that is not settled says so for as long as what it waits for is lost. */
    private void isSettled(OrdersModel.Seen order) {
        require(!order.status().equals("PENDING"), "I1: order", order, "final");
        require(
                order.settled()
                        || isUncompensated(order)
                        || missed(ORDERS, order, PaymentRefunded.class, PaymentVoided.class, StockReleased.class),
                "I1: order",
                order,
                "settled");
    }

    private boolean isUncompensated(OrdersModel.Seen order) {
        return missed(PAYMENTS, order, OrderCancelled.class) || missed(INVENTORY, order, OrderCancelled.class);
    }

    /** Nobody's money is kept by an order that is settled; nor by any other, unless payments could not hear of it. */
    private void moneyIsRight(OrdersModel.Seen order, long expected) {
        boolean unheard = !order.settled() && missed(PAYMENTS, order, OrderCancelled.class);
        require(
                unheard || saga.payments.kept(order.id()) == expected,
                "I3: kept of " + order,
                saga.payments.kept(order.id()),
                expected);
    }

    /** Where the order's stock stands. */
    private String servicesAgree(OrdersModel.Seen order, Customers.Wish wish, boolean confirmed) {
        var payment = saga.payments.state(order.id());
        var stock = saga.inventory.state(order.id());
        if (confirmed) {
            boolean unheard = stock.equals("RESERVED") && missed(INVENTORY, order, OrderConfirmed.class);
            require(
                    payment.equals("CAPTURED") && (stock.equals("SOLD") || unheard),
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
            boolean unsettled = !order.settled();
            require(
                    payment.equals(undone) || unsettled && missed(PAYMENTS, order, OrderCancelled.class),
                    "I8: cancelled",
                    payment,
                    undone);
            require(
                    stock.equals("RELEASED")
                            || unsettled && !stock.equals("SOLD") && missed(INVENTORY, order, OrderCancelled.class),
                    "I8: cancelled",
                    stock,
                    "RELEASED");
        }
        isSaidOnce(order, confirmed);
        return stock;
    }

    private void isSaidOnce(OrdersModel.Seen order, boolean confirmed) {
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
            require(!order.finalAt().isBefore(up), "I8: called off too early", order, "not before " + up);
            var outage = saga.world.outageBefore(order.finalAt());
            require(
                    !order.finalAt().isBefore(outage.plus(Saga.DEADLINE)),
                    "I8: an outage counts as a silence",
                    order,
                    "no end within the deadline after " + outage);
            require(
                    !(paid && reserved) || missed(ORDERS, order, PaymentCompleted.class, StockReserved.class),
                    "I8: called off by its deadline",
                    order,
                    "not while both answers were there in time");
        }
    }

    private void customerIsTold(OrdersModel.Seen order, boolean confirmed) {
        var refunded = !confirmed && saga.payments.state(order.id()).equals("REFUNDED");
        var outcomes = Stream.of(confirmed ? "CONFIRMED" : "CANCELLED", refunded ? "REFUNDED" : null)
                .filter(one -> one != null)
                .toList();
        var due = outcomes.stream().filter(one -> !isUnheard(order, one)).toList();
        var all = saga.notifications.mails(order.id());
        var mails = all.stream()
                .filter(mail -> due.contains(mail.substring(0, mail.indexOf(' ')))
                        || mail.endsWith(SENT)
                        || mail.endsWith(IN_DOUBT))
                .toList();
        UnaryOperator<String> expected =
                one -> one + (all.contains(one + IN_DOUBT) && mayBeInDoubt(order, one) ? IN_DOUBT : SENT);
        require(
                mails.containsAll(due.stream().map(expected).toList())
                        && outcomes.stream().map(expected).toList().containsAll(mails),
                "I9: mails about " + order,
                mails,
                outcomes);
        copies(order, outcomes, due.stream().map(expected).toList());
    }

    /** Notifications may not know of an outcome, or whom to tell. */
    private boolean isUnheard(OrdersModel.Seen order, String outcome) {
        return missed(NOTIFICATIONS, order, OrderContact.class)
                || switch (outcome) {
                    case "CONFIRMED" -> missed(NOTIFICATIONS, order, OrderConfirmed.class);
                    case "CANCELLED" -> missed(NOTIFICATIONS, order, OrderCancelled.class);
                    default -> missed(NOTIFICATIONS, order, PaymentRefunded.class);
                };
    }

    private void copies(OrdersModel.Seen order, List<String> outcomes, List<String> mails) {
        for (var outcome : List.of("CONFIRMED", "CANCELLED", "REFUNDED")) {
            int arrived = saga.mailServer.copies(order.id(), outcome);
            int least = mails.contains(outcome + SENT) ? 1 : 0;
            int more = saga.mailServer.cuts(order.id(), outcome)
                    + saga.world.doubts(NOTIFICATIONS, "send-mail", order.id(), outcome);
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
                        + saga.world.unknownEnds(NOTIFICATIONS, "send-mail", order.id(), outcome)
                > MOST_EXTRA_COPIES;
    }

    private String endOf(OrdersModel.Seen order) {
        var money = saga.payments.wasCaptured(order.id()) ? "" : " uncharged";
        if (!order.status().equals("PENDING") && !order.settled()) {
            return "CANCELLED unsettled";
        }
        return order.status() + (order.reason() == null ? "" : " " + order.reason() + money);
    }

    /** Whether the books say that a role may not have heard one of these events of an order. */
    private boolean missed(Role role, OrdersModel.Seen order, Class<?>... events) {
        return saga.world.hasMissed(role, order.id(), events);
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
