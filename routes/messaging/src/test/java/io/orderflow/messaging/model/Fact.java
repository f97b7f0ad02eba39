package io.orderflow.messaging.model;

import io.orderflow.contracts.Event;
import io.orderflow.contracts.Role;

/**
 * An event with the identity that its envelope carries.
 *
 * @param sequence counts per writer and order
 */
public record Fact(Role writer, long sequence, Event event) {

    /** What the inbox knows it by. */
    record Id(Role writer, Object order, long sequence) {}

    Id id() {
        return new Id(writer, event.orderId(), sequence);
    }

    @Override
    public String toString() {
        return Event.typeOf(event.getClass()) + " of order " + Names.of(event.orderId());
    }
}
