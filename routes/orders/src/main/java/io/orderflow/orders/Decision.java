package io.orderflow.orders;

import io.orderflow.contracts.Event;

/**
 * What an event or a wish changes.
 *
 * @param order the order afterwards, possibly as it was
 * @param announced what to tell the others, or null for nothing
 */
record Decision(Order order, Event announced) {

    static Decision silent(Order order) {
        return new Decision(order, null);
    }
}
