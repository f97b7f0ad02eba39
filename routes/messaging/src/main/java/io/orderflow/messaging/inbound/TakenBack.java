package io.orderflow.messaging.inbound;

import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * What a consumer has taken back of a batch comes again when it is due, and nothing else before. Until then its
 * partitions are paused and it polls: a member that does not poll holds up its whole group. Used by one consumer
 * thread.
 */
final class TakenBack {

    private final Consumer<?, ?> consumer;
    private Long due;

    TakenBack(Consumer<?, ?> consumer) {
        this.consumer = consumer;
    }

    /** @param due by {@link System#nanoTime} */
    void awaitUntil(long due) {
        this.due = due;
    }

    boolean isAwaited() {
        return due != null;
    }

    /** Pauses what is assigned, or lets it go when it is due; answers how long of this time a poll may take. */
    Duration within(Duration timeout) {
        if (due == null) {
            return timeout;
        }
        long left = due - System.nanoTime();
        if (left <= 0) {
            due = null;
            consumer.resume(consumer.assignment());
            return timeout;
        }
        consumer.pause(consumer.assignment());
        return Duration.ofNanos(Math.min(left, timeout.toNanos()));
    }
}
