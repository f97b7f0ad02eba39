package io.orderflow.console;

import io.orderflow.console.ConsoleApp.Told;
import io.orderflow.contracts.CancellationReason;
import io.orderflow.contracts.Line;
import io.orderflow.contracts.Missing;
import io.orderflow.contracts.Money;
import io.orderflow.contracts.OrderCancelled;
import io.orderflow.contracts.OrderConfirmed;
import io.orderflow.contracts.OrderCreated;
import io.orderflow.contracts.PaymentCompleted;
import io.orderflow.contracts.PaymentDeclined;
import io.orderflow.contracts.PaymentRefunded;
import io.orderflow.contracts.PaymentVoided;
import io.orderflow.contracts.StockRejected;
import io.orderflow.contracts.StockReleased;
import io.orderflow.contracts.StockReserved;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** What the services say of orders, as they come to their ends. */
final class Sagas {

    static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");

    private static final Money PRICE = new Money(1290, "EUR");
    private static final List<Line> MUG = List.of(new Line("mug", 1));

    private Sagas() {}

    static List<Told> pending(UUID order) {
        return told(new OrderCreated(order, NOON, "customer-7", PRICE, MUG, "tok_secret"));
    }

    static List<Told> confirmed(UUID order) {
        return together(
                pending(order),
                told(
                        new PaymentCompleted(order, NOON.plusSeconds(2), PRICE),
                        new StockReserved(order, NOON.plusSeconds(1), MUG),
                        new OrderConfirmed(order, NOON.plusSeconds(3), PRICE)));
    }

    /** Paid and then out of stock: money goes back. */
    static List<Told> refunded(UUID order) {
        return together(
                pending(order),
                told(
                        new PaymentCompleted(order, NOON.plusSeconds(2), PRICE),
                        new StockRejected(order, NOON.plusSeconds(1), List.of(new Missing("mug", 1, 0))),
                        new OrderCancelled(order, NOON.plusSeconds(3), CancellationReason.OUT_OF_STOCK),
                        new PaymentRefunded(order, NOON.plusSeconds(5), PRICE),
                        new StockReleased(order, NOON.plusSeconds(4), List.of())));
    }

    static List<Told> calledOff(UUID order) {
        return together(
                pending(order),
                told(
                        new OrderCancelled(order, NOON.plusSeconds(3), CancellationReason.CUSTOMER, "operator"),
                        new PaymentVoided(order, NOON.plusSeconds(4)),
                        new StockReleased(order, NOON.plusSeconds(5), MUG)));
    }

    static List<Told> declined(UUID order) {
        return together(
                pending(order),
                told(
                        new PaymentDeclined(order, NOON.plusSeconds(2), "card_declined"),
                        new StockReserved(order, NOON.plusSeconds(1), MUG),
                        new OrderCancelled(order, NOON.plusSeconds(3), CancellationReason.PAYMENT_DECLINED),
                        new PaymentVoided(order, NOON.plusSeconds(4)),
                        new StockReleased(order, NOON.plusSeconds(5), MUG)));
    }

    private static List<Told> told(io.orderflow.contracts.Event... events) {
        return Stream.of(events).map(Told::new).toList();
    }

    private static List<Told> together(List<Told> some, List<Told> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }
}
