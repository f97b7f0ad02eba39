package io.orderflow.contracts;

import static io.orderflow.contracts.Present.present;

import java.time.Instant;
import java.util.UUID;

/**
 * Nothing is charged and nothing will be: the answer to {@link OrderCancelled} where there was nothing to refund.
 */
public record PaymentVoided(UUID orderId, Instant occurredAt) implements Event {

    public PaymentVoided {
        present("order_id", orderId);
        present("occurred_at", occurredAt);
    }
}
