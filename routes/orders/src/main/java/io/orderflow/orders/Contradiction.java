package io.orderflow.orders;

import io.orderflow.contracts.Event;
import java.util.UUID;

/**
 * An event that cannot be true of its order as orders knows it, for example a refund of a confirmed one. Nobody but an
 * operator can say what holds, so the event is refused: the backbone parks it and alarms.
 */
final class Contradiction extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Contradiction(Event event, Order order, String expected) {
        super(nameOf(event, event.orderId()) + ": it is " + order.status() + ", its payment " + order.payment()
                + ", its stock " + order.stock() + " (expected: " + expected + ")");
    }

    private Contradiction(String message) {
        super(message);
    }

    /** Money that is not the order's. */
    static Contradiction ofMoney(Event event, Object amount, Order order) {
        return new Contradiction(
                nameOf(event, event.orderId()) + ": " + amount + " (expected: its total, " + order.total() + ")");
    }

    /** An order that orders never accepted, or has forgotten. */
    static Contradiction ofUnknown(Event event) {
        return new Contradiction(nameOf(event, event.orderId()) + ": no such order (expected: one that was accepted)");
    }

    private static String nameOf(Event event, UUID order) {
        return Event.typeOf(event.getClass()) + " of order " + order;
    }
}
