package io.orderflow.messaging.inbound;

import io.orderflow.messaging.Outages;
import io.orderflow.messaging.Stopper;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The polls of one consumer that failed since one succeeded: a pause that grows with each. */
final class PollFailures {

    private static final Logger log = LoggerFactory.getLogger(PollFailures.class);

    /** Is told of what could not be done. */
    interface Told {
        void failed(String who, String what, RuntimeException failure, Outages.Line line);
    }

    private final String group;
    private final Told told;
    private final Semaphore woken = new Semaphore(0);
    private final Outages.Line line = new Outages.Line() {
        @Override
        public boolean stillFails() {
            return failures > 0;
        }

        @Override
        public void said() {
            said = true;
        }
    };
    /** Written by the thread that polls. */
    private volatile int failures;

    private volatile boolean said;

    PollFailures(String group, Told told) {
        this.group = group;
        this.told = told;
    }

    void ended(String topics) {
        int before = failures;
        failures = 0;
        if (said && before > 0) {
            log.info("{}: {}: polls again, after {} failures", group, topics, before);
            said = false;
        }
    }

    void pauseAfter(String topics, RuntimeException failure) {
        failures = failures + 1;
        told.failed(group + ": " + topics, "cannot poll; it is tried again", failure, line);
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
