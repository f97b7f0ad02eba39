package io.orderflow.payments;

import io.orderflow.messaging.Work;
import java.time.Duration;
import java.util.UUID;

/**
 * The request to make sure that an order costs nothing: no charge will come any more, and one that came is refunded.
 *
 * @param delayMillis how long to wait before it is tried
 */
record Undo(UUID orderId, long delayMillis) implements Work {

    static Undo now(UUID orderId) {
        return new Undo(orderId, 0);
    }

    static Undo after(Duration delay, UUID orderId) {
        return new Undo(orderId, delay.toMillis());
    }

    @Override
    public Duration delay() {
        return Duration.ofMillis(delayMillis);
    }
}
