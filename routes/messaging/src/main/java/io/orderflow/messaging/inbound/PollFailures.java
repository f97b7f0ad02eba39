package io.orderflow.messaging.inbound;

import io.orderflow.messaging.Stopper;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The polls of one consumer that failed since one succeeded: a pause that grows with each. */
final class PollFailures {

    private static final Logger log = LoggerFactory.getLogger(PollFailures.class);

    /** Is told of what could not be done; {@code said} runs if somebody had to be told. */
    interface Told {
        void failed(String who, String what, RuntimeException failure, Runnable said);
    }

    private final String group;
    private final Told told;
    private final Semaphore woken = new Semaphore(0);
    private int failures;
    private volatile boolean said;

    PollFailures(String group, Told told) {
        this.group = group;
        this.told = told;
    }

    void ended(String topics) {
        if (said) {
            log.info("{}: {}: polls again, after {} failures", group, topics, failures);
            said = false;
        }
        failures = 0;
    }

    void pauseAfter(String topics, RuntimeException failure) {
        failures++;
        told.failed(group + ": " + topics, "cannot poll; it is tried again", failure, () -> said = true);
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
