package io.orderflow.payments;

import io.orderflow.messaging.Work;
import java.time.Duration;
import java.util.UUID;

/**
 * The request to make sure that an order costs nothing: no charge will come any more, and one that came is refunded.
 *
 * @param delay how long it waits; more than nothing once it has failed so often that it is an alarm
 */
record Undo(UUID orderId, Duration delay) implements Work {

    static Undo now(UUID orderId) {
        return new Undo(orderId, Duration.ZERO);
    }

    static Undo after(Duration delay, UUID orderId) {
        return new Undo(orderId, delay);
    }

    /** Whether it is tried at the slower pace, once each time. */
    boolean isSlow() {
        return delay.isPositive();
    }
}
