package io.orderflow.contracts;

import static io.orderflow.contracts.Present.present;

import java.time.Instant;
import java.util.UUID;

/**
 * How to reach the customer of an order. It stands on a topic of its own that only notifications may read.
 *
 * @param email one address in ASCII, as mail servers take it
 */
public record OrderContact(UUID orderId, Instant occurredAt, String name, String email) implements Event {

    public OrderContact {
        present("order_id", orderId);
        present("occurred_at", occurredAt);
        present("name", name);
        present("email", email);
    }

    /** Names and addresses stay out of logs. */
    @Override
    public String toString() {
        return "OrderContact[" + orderId + "]";
    }
}
