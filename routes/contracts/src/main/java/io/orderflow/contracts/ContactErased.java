package io.orderflow.contracts;

import static io.orderflow.contracts.Present.present;

import java.time.Instant;
import java.util.UUID;

/**
 * The contact is to be forgotten: a null value under the order's key.
 */
public record ContactErased(UUID orderId, Instant occurredAt) implements Event {

    public ContactErased {
        present("order_id", orderId);
        present("occurred_at", occurredAt);
    }

    /** What is parked before it is erased with it. */
    @Override
    public boolean passesParked() {
        return true;
    }
}
