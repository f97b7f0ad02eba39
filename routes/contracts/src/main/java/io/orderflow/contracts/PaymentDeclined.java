package io.orderflow.contracts;

import static io.orderflow.contracts.Present.present;

import java.time.Instant;
import java.util.UUID;

/**
 * The provider refused the charge for good.
 *
 * @param code the provider's reason in lower case, for example {@code card_declined}
 */
public record PaymentDeclined(UUID orderId, Instant occurredAt, String code) implements Event {

    public PaymentDeclined {
        present("order_id", orderId);
        present("occurred_at", occurredAt);
        present("code", code);
    }
}
