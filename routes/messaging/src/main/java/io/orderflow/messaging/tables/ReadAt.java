package io.orderflow.messaging.tables;

import java.time.Duration;

/**
 * When this process read a row, by both of its clocks: the one stands still while the machine sleeps, the other may be
 * set. Whoever holds a row for too long by either of them reads it again.
 */
public record ReadAt(long nanos, long millis) {

    public static ReadAt now() {
        return new ReadAt(System.nanoTime(), System.currentTimeMillis());
    }

    /** The same, so much earlier. */
    public ReadAt minus(Duration time) {
        return new ReadAt(nanos - time.toNanos(), millis - time.toMillis());
    }

    public boolean isOlderThan(Duration age) {
        return System.nanoTime() - nanos > age.toNanos() || System.currentTimeMillis() - millis > age.toMillis();
    }
}
