package io.orderflow.messaging;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/**
 * Waiting that ends at once when the role is stopped, so that a consumer that waits for a database does not hold up the
 * shutdown.
 */
public final class Stopper {

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private volatile CountDownLatch stopped = new CountDownLatch(1);

    public void start() {
        stopped = new CountDownLatch(1);
    }

    public void stop() {
        stopped.countDown();
    }

    public boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /**
     * Waits, or gives up.
     *
     * @throws Failures.Stopping if the role is stopped before the time is over
     */
    public void pause(Duration time, String what) {
        try {
            if (stopped.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new Failures.Stopping(what);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failures.Stopping(what);
        }
    }

    /**
     * Does a step, and again for as long as what fails is infrastructure that is away.
     *
     * @param waits told of each failure that is waited for, with the number of the attempt
     * @throws RuntimeException the step's failure, if it is another one or the time is over
     */
    public void insist(Runnable step, Duration atMost, String what, BiConsumer<Integer, RuntimeException> waits) {
        long deadline = System.nanoTime() + atMost.toNanos();
        for (int attempt = 1; ; attempt++) {
            try {
                step.run();
                return;
            } catch (RuntimeException e) {
                Duration pause = backoff(attempt);
                if (e instanceof Failures.Stopping
                        || !Failures.isInfrastructure(e)
                        || System.nanoTime() + pause.toNanos() - deadline > 0) {
                    throw e;
                }
                waits.accept(attempt, e);
                pause(pause, what);
            }
        }
    }

    /**
     * A pause that doubles with each attempt up to five seconds, with a random half, so that many that wait do not come
     * back at once.
     */
    public static Duration backoff(int attempt) {
        return backoff(attempt, Duration.ofMillis(50), LONGEST_PAUSE);
    }

    public static Duration backoff(int attempt, Duration first, Duration longest) {
        long full = Math.min(longest.toMillis(), first.toMillis() << Math.min(attempt - 1, 20));
        return Duration.ofMillis(full / 2 + ThreadLocalRandom.current().nextLong(full / 2 + 1));
    }
}
