package io.orderflow.contracts;

import static io.orderflow.contracts.Present.present;

import java.time.Instant;
import java.util.UUID;

/**
 * The order is called off. Payments answers with {@link PaymentRefunded} or {@link PaymentVoided}, inventory with
 * {@link StockReleased}, whatever they did before, so that orders knows when the cancellation is settled.
 *
 * @param by who called it off in the place of whom the reason names, in a word that a reader need not know; null where
 *     the reason says it all
 */
public record OrderCancelled(UUID orderId, Instant occurredAt, CancellationReason reason, String by) implements Event {

    /** Somebody who works for the shop, for its customer. */
    public static final String OPERATOR = "operator";

    public OrderCancelled {
        present("order_id", orderId);
        present("occurred_at", occurredAt);
        present("reason", reason);
    }

    public OrderCancelled(UUID orderId, Instant occurredAt, CancellationReason reason) {
        this(orderId, occurredAt, reason, null);
    }

    /** A cancellation leaves a barrier that neutralises what is parked before it. */
    @Override
    public boolean passesParked() {
        return true;
    }
}
