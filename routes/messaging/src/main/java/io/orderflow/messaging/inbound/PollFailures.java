package io.orderflow.messaging.inbound;

import io.orderflow.messaging.Failures;
import io.orderflow.messaging.Stopper;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The polls of one consumer that failed since one succeeded: a pause that grows with each, and a line each minute. */
final class PollFailures {

    private static final Logger log = LoggerFactory.getLogger(PollFailures.class);
    private static final Duration SAY_EVERY = Duration.ofMinutes(1);

    private final String group;
    private final Semaphore woken = new Semaphore(0);
    private int failures;
    private int unsaid;
    private long said;

    PollFailures(String group) {
        this.group = group;
    }

    void ended(String topics) {
        if (failures > 0) {
            log.info("{}: {}: polls again, after {} failures", group, topics, failures);
            failures = 0;
            unsaid = 0;
        }
    }

    void pauseAfter(String topics, RuntimeException failure) {
        failures++;
        unsaid++;
        if (failures == 1 || System.nanoTime() - said > SAY_EVERY.toNanos()) {
            log.warn(
                    "{}: {}: cannot poll, {} failures since it was said last; it is tried again: {}",
                    group,
                    topics,
                    unsaid,
                    Failures.describe(failure));
            said = System.nanoTime();
            unsaid = 0;
        }
        try {
            if (woken.tryAcquire(Stopper.backoff(failures).toNanos(), TimeUnit.NANOSECONDS)) {
                woken.drainPermits();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends a pause, from any thread. */
    void wakeup() {
        woken.release();
    }
}
