package io.orderflow.contracts;

import static io.orderflow.contracts.Present.present;

import java.time.Instant;
import java.util.UUID;

/**
 * Paid for and reserved: the order is final, and its reservation becomes a sale.
 */
public record OrderConfirmed(UUID orderId, Instant occurredAt, Money total) implements Event {

    public OrderConfirmed {
        present("order_id", orderId);
        present("occurred_at", occurredAt);
        present("total", total);
    }
}
