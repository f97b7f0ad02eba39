package io.orderflow.contracts;

import static io.orderflow.contracts.Present.present;

import java.time.Instant;
import java.util.UUID;

/**
 * The captured money went back. Compensates {@link PaymentCompleted}.
 */
public record PaymentRefunded(UUID orderId, Instant occurredAt, Money amount) implements Event {

    public PaymentRefunded {
        present("order_id", orderId);
        present("occurred_at", occurredAt);
        present("amount", amount);
    }
}
