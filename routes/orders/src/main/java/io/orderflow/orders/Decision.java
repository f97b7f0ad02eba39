package io.orderflow.orders;

import io.orderflow.contracts.Event;

/**
 * What an event or a wish changes.
 *
 * @param order the order afterwards, possibly as it was
 * @param says the event that the others are told, or null for nothing
 */
record Decision(Order order, Event says) {

    /** There is nothing to say: it was said before, or is not due yet. */
    static Decision nothing(Order order) {
        return new Decision(order, null);
    }
}
