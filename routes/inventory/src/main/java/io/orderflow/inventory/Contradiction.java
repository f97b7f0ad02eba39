package io.orderflow.inventory;

import io.orderflow.contracts.Event;

/**
 * An order that was told two things which cannot both be true, for example sold and cancelled. Nobody but the writer's
 * operator can say which holds, so the event is refused: the backbone parks it and alarms.
 */
final class Contradiction extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Contradiction(Event event, Reservation reservation, String expected) {
        super(Event.typeOf(event.getClass()) + " of order " + event.orderId() + ": its reservation is "
                + reservation.state() + " (expected: " + expected + ")");
    }
}
