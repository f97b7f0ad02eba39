package io.orderflow.contracts;

import static io.orderflow.contracts.Present.present;

import java.time.Instant;
import java.util.UUID;

/**
 * The order is called off. Payments answers with {@link PaymentRefunded} or {@link PaymentVoided}, inventory with
 * {@link StockReleased}, whatever they did before, so that orders knows when the cancellation is settled.
 */
public record OrderCancelled(UUID orderId, Instant occurredAt, CancellationReason reason) implements Event {

    public OrderCancelled {
        present("order_id", orderId);
        present("occurred_at", occurredAt);
        present("reason", reason);
    }

    /** A cancellation leaves a barrier that neutralises what is parked before it. */
    @Override
    public boolean passesParked() {
        return true;
    }
}
