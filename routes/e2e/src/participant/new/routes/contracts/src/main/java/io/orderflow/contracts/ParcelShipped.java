package io.orderflow.contracts;

import static io.orderflow.contracts.Present.present;

import java.time.Instant;
import java.util.UUID;

/**
 * The carrier has the parcel of an order.
 *
 * @param label by which the carrier knows it
 */
public record ParcelShipped(UUID orderId, Instant occurredAt, String label) implements Event {

    public ParcelShipped {
        present("order_id", orderId);
        present("occurred_at", occurredAt);
        present("label", label);
    }
}
