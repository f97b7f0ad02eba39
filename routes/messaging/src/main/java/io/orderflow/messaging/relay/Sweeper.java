package io.orderflow.messaging.relay;

import io.orderflow.contracts.Channel;
import io.orderflow.contracts.Role;
import io.orderflow.messaging.Failures;
import io.orderflow.messaging.Leases;
import io.orderflow.messaging.Stopper;
import io.orderflow.messaging.tables.Outbox;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes events that nobody's memory holds any more: their writer was killed, or the broker did not take them. One
 * instance at a time, under a lease; the rows go through the same {@link Relay}, so that their order is kept by the
 * same code.
 */
public final class Sweeper implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Sweeper.class);
    private static final Duration TICK = Duration.ofMillis(500);
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration BEHIND = Duration.ofSeconds(2);
    private static final int PAGE = 2_000;

    private final Role role;
    private final Outbox outbox;
    private final Relay relay;
    private final Leases leases;
    private final Collection<Channel> answered;
    private final Duration sweepAfter;
    private final Stopper stopper = new Stopper();
    private final Thread thread;

    /**
     * @param answered the channels that lead to an answer: while they are behind, a silence says nothing
     * @param sweepAfter how old a row is before any instance may publish it in place of the one that wrote it
     */
    public Sweeper(
            Role role, Outbox outbox, Relay relay, Leases leases, Collection<Channel> answered, Duration sweepAfter) {
        this.role = role;
        this.outbox = outbox;
        this.relay = relay;
        this.leases = leases;
        this.answered = answered;
        this.sweepAfter = sweepAfter;
        this.thread = Thread.ofVirtual().name(role + "-sweeper").unstarted(this::work);
    }

    public void start() {
        thread.start();
    }

    private void work() {
        while (!stopper.isStopped()) {
            try {
                boolean more = leases.hold(role, "sweeper", LEASE) && sweep();
                if (!more) {
                    stopper.pause(TICK, "sweeper");
                }
            } catch (Failures.Stopping e) {
                return;
            } catch (RuntimeException e) {
                log.warn("{}: sweeper: {}", role, Failures.describe(e));
                if (!pauseAfterFailure()) {
                    return;
                }
            }
        }
    }

    private boolean pauseAfterFailure() {
        try {
            stopper.pause(TICK.multipliedBy(2), "sweeper");
            return true;
        } catch (Failures.Stopping e) {
            return false;
        }
    }

    /** One page; true if the next should follow at once. */
    private boolean sweep() {
        noteIfBehind();
        List<Outbox.Row> rows = outbox.leftBehind(sweepAfter, PAGE, relay.paused());
        if (rows.isEmpty()) {
            return false;
        }
        boolean sent = await(rows);
        if (sent) {
            log.info("{}: sweeper: published {} events that were left behind", role, rows.size());
        }
        return sent && rows.size() == PAGE;
    }

    private void noteIfBehind() {
        // The first looks at one row; the second may go past many.
        if (isBehind(outbox.oldestAge()) && isBehind(outbox.oldestAge(answered))) {
            outbox.noteBehind();
        }
    }

    private static boolean isBehind(Duration age) {
        return age.compareTo(BEHIND) > 0;
    }

    private boolean await(List<Outbox.Row> rows) {
        var done = relay.sweep(rows);
        while (!stopper.isStopped()) {
            try {
                return done.get(LEASE.toMillis() / 3, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                leases.hold(role, "sweeper", LEASE);
                noteIfBehind();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        return false;
    }

    @Override
    public void close() {
        stopper.stop();
        try {
            thread.join(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
