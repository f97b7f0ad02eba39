package io.orderflow.orders;

import static io.orderflow.orders.PaymentStatus.CAPTURED;
import static io.orderflow.orders.PaymentStatus.DECLINED;
import static io.orderflow.orders.PaymentStatus.REFUNDED;
import static io.orderflow.orders.PaymentStatus.VOIDED;
import static io.orderflow.orders.StockStatus.REJECTED;
import static io.orderflow.orders.StockStatus.RELEASED;
import static io.orderflow.orders.StockStatus.RESERVED;

import io.orderflow.contracts.CancellationReason;
import io.orderflow.contracts.Event;
import io.orderflow.contracts.Money;
import io.orderflow.contracts.OrderCancelled;
import io.orderflow.contracts.OrderConfirmed;
import io.orderflow.contracts.PaymentCompleted;
import io.orderflow.contracts.PaymentDeclined;
import io.orderflow.contracts.PaymentRefunded;
import io.orderflow.contracts.PaymentVoided;
import io.orderflow.contracts.StockRejected;
import io.orderflow.contracts.StockReleased;
import io.orderflow.contracts.StockReserved;
import io.orderflow.http.Problem.FieldError;
import io.orderflow.messaging.Contradiction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The life of an order, as pure functions. What the two services say is noted first, each in a lattice of its own, so
 * that it does not matter in which order it comes or how often:
 *
 * <pre>
 * payment  PENDING -> CAPTURED -> REFUNDED        stock  PENDING -> RESERVED -> RELEASED
 *          PENDING -> VOIDED   -> DECLINED               PENDING -> REJECTED -> RELEASED
 * </pre>
 *
 * <p>Then a pending order that is refused by either is cancelled, and one that is captured and reserved is confirmed. A
 * refund, void or release that comes while it is pending is noted and keeps it from being confirmed. Of each order
 * exactly one {@code OrderConfirmed} or {@code OrderCancelled} is ever said.
 */
final class Decisions {

    private Decisions() {}

    /** Notes what a service says, and joins the two answers. */
    static Decision hear(Order order, Event event, Instant now) {
        var heard = note(order, event);
        return switch (order.status()) {
            case PENDING -> join(heard, event, now);
            case CONFIRMED -> keepConfirmed(order, heard, event);
            case CANCELLED -> Decision.nothing(heard);
        };
    }

    /** Calls off an order that is not final. */
    static Decision cancel(Order order, CancellationReason reason, Instant now) {
        return cancel(order, reason, null, now);
    }

    /** Calls off an order that is not final, in its customer's place. */
    static Decision callOff(Order order, Instant now) {
        return cancel(order, CancellationReason.CUSTOMER, OrderCancelled.OPERATOR, now);
    }

    private static Decision cancel(Order order, CancellationReason reason, String by, Instant now) {
        if (order.status() != Status.PENDING) {
            return Decision.nothing(order);
        }
        return new Decision(order.cancelled(reason), new OrderCancelled(order.id(), now, reason, by));
    }

    /** Prices a request by the catalogue. */
    static Placement place(UUID id, OrderRequest request, Map<String, Product> catalogue) {
        var errors = new ArrayList<FieldError>();
        long total = 0;
        for (int i = 0; i < request.lines().size(); i++) {
            var line = request.lines().get(i);
            var pointer = "/lines/" + i + "/sku";
            var product = catalogue.get(line.sku());
            if (product == null) {
                errors.add(new FieldError(pointer, "is not known (expected: an article of GET /products)"));
                continue;
            }
            var price = product.prices().get(request.currency());
            if (price == null) {
                errors.add(new FieldError(
                        pointer,
                        "has no price in " + request.currency() + " (expected: one of "
                                + product.prices().keySet() + ")"));
                continue;
            }
            if (price > (Product.MAX_PRICE_MINOR - total) / line.quantity()) {
                return new Placement.Refused(List.of(
                        new FieldError("/lines", "come to more than can be counted (expected: a smaller order)")));
            }
            total += price * line.quantity();
        }
        return errors.isEmpty()
                ? new Placement.Accepted(id, new Money(total, request.currency()))
                : new Placement.Refused(errors);
    }

    private static Decision join(Order order, Event event, Instant now) {
        if (event instanceof PaymentDeclined) {
            return cancel(order, CancellationReason.PAYMENT_DECLINED, now);
        }
        if (event instanceof StockRejected) {
            return cancel(order, CancellationReason.OUT_OF_STOCK, now);
        }
        if (order.isPaidAndReserved()) {
            return new Decision(order.confirmed(), new OrderConfirmed(order.id(), now, order.total()));
        }
        return Decision.nothing(order);
    }

    private static Decision keepConfirmed(Order order, Order heard, Event event) {
        if (!heard.equals(order)) {
            throw contradiction(event, order, "not confirmed");
        }
        return Decision.nothing(order);
    }

    private static Order note(Order order, Event event) {
        return switch (event) {
            case PaymentCompleted completed -> noteCompleted(order, completed);
            case PaymentDeclined declined -> noteDeclined(order, declined);
            case PaymentRefunded refunded -> noteRefunded(order, refunded);
            case PaymentVoided voided -> noteVoided(order, voided);
            case StockReserved reserved -> noteStock(order, reserved, RESERVED, REJECTED);
            case StockRejected rejected -> noteStock(order, rejected, REJECTED, RESERVED);
            case StockReleased released -> order.with(RELEASED);
            default ->
                throw new IllegalArgumentException(
                        Event.typeOf(event.getClass()) + ": (expected: what Topology lets orders read)");
        };
    }

    private static Order noteCompleted(Order order, PaymentCompleted completed) {
        requireTotal(order, completed, completed.amount());
        return switch (order.payment()) {
            case PENDING, CAPTURED -> order.with(CAPTURED, false);
            case REFUNDED -> order;
            case DECLINED, VOIDED -> throw contradiction(completed, order, "a payment that was not refused");
        };
    }

    private static Order noteDeclined(Order order, PaymentDeclined declined) {
        return switch (order.payment()) {
            case PENDING, DECLINED, VOIDED -> order.with(DECLINED, false);
            case CAPTURED, REFUNDED -> throw contradiction(declined, order, "a payment that was not captured");
        };
    }

    private static Order noteRefunded(Order order, PaymentRefunded refunded) {
        requireTotal(order, refunded, refunded.amount());
        return switch (order.payment()) {
            case PENDING, CAPTURED, REFUNDED -> order.with(REFUNDED, true);
            case DECLINED, VOIDED -> throw contradiction(refunded, order, "a payment that was not refused");
        };
    }

    private static Order noteVoided(Order order, PaymentVoided voided) {
        return switch (order.payment()) {
            case PENDING, VOIDED -> order.with(VOIDED, true);
            case DECLINED -> order.with(DECLINED, true);
            case CAPTURED, REFUNDED -> throw contradiction(voided, order, "a payment that was not captured");
        };
    }

    private static Order noteStock(Order order, Event event, StockStatus answer, StockStatus opposite) {
        if (order.stock() == opposite) {
            throw contradiction(event, order, "stock that was not " + opposite);
        }
        return order.stock() == RELEASED ? order : order.with(answer);
    }

    private static void requireTotal(Order order, Event event, Money amount) {
        if (!amount.equals(order.total())) {
            throw new Contradiction(event, amount.toString(), "its total, " + order.total());
        }
    }

    private static Contradiction contradiction(Event event, Order order, String expected) {
        return new Contradiction(
                event,
                "it is " + order.status() + ", its payment " + order.payment() + ", its stock " + order.stock(),
                expected);
    }
}
