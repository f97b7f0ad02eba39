package io.orderflow.messaging;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Waiting that ends at once when the role is stopped, so that a consumer that waits for a database does not hold up the shutdown.
 */
final class Stopper {

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private volatile CountDownLatch stopped = new CountDownLatch(1);

    void start() {
        stopped = new CountDownLatch(1);
    }

    void stop() {
        stopped.countDown();
    }

    boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /**
     * Waits, or gives up.
     *
     * @throws Failures.Stopping if the role is stopped before the time is over
     */
    void pause(Duration time, String what) {
        try {
            if (stopped.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new Failures.Stopping(what);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failures.Stopping(what);
        }
    }

    /** A pause that doubles with each attempt up to five seconds, with a random half, so that many that wait do not come back at once. */
    static Duration backoff(int attempt) {
        return backoff(attempt, Duration.ofMillis(50), LONGEST_PAUSE);
    }

    static Duration backoff(int attempt, Duration first, Duration longest) {
        long full = Math.min(longest.toMillis(), first.toMillis() << Math.min(attempt - 1, 20));
        return Duration.ofMillis(full / 2 + ThreadLocalRandom.current().nextLong(full / 2 + 1));
    }
}
