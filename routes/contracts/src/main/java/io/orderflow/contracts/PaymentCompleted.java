package io.orderflow.contracts;

import static io.orderflow.contracts.Present.present;

import java.time.Instant;
import java.util.UUID;

/**
 * The money is captured.
 */
public record PaymentCompleted(UUID orderId, Instant occurredAt, Money amount) implements Event {

    public PaymentCompleted {
        present("order_id", orderId);
        present("occurred_at", occurredAt);
        present("amount", amount);
    }
}
