package io.orderflow.messaging.relay;

import io.orderflow.contracts.Channel;
import io.orderflow.contracts.Role;
import io.orderflow.messaging.Duty;
import io.orderflow.messaging.Failures;
import io.orderflow.messaging.Leases;
import io.orderflow.messaging.Outages;
import io.orderflow.messaging.Stopper;
import io.orderflow.messaging.tables.Outbox;
import io.orderflow.messaging.tables.OutboxRow;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
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
    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final Duration BEHIND = Duration.ofSeconds(2);
    private static final int PAGE = 2_000;

    private final Role role;
    private final Outbox outbox;
    private final Relay relay;
    private final Duty duty;
    private final BooleanSupplier broker;
    private final Collection<Channel> answered;
    private final Duration sweepAfter;
    private final Outages outages;
    private final Stopper stopper = new Stopper();
    private final Thread thread;
    private long reached = System.nanoTime() - LEASE.toNanos();

    /**
     * @param broker whether the broker answers this instance
     * @param answered the channels that lead to an answer: while they are behind, a silence says nothing
     * @param sweepAfter how old a row is before any instance may publish it in place of the one that wrote it
     */
    public Sweeper(
            Role role,
            Outbox outbox,
            Relay relay,
            Leases leases,
            BooleanSupplier broker,
            Collection<Channel> answered,
            Outages outages,
            Duration sweepAfter) {
        this.role = role;
        this.outbox = outbox;
        this.relay = relay;
        this.duty = new Duty(leases, role, "sweeper", LEASE);
        this.broker = broker;
        this.answered = answered;
        this.outages = outages;
        this.sweepAfter = sweepAfter;
        this.thread = Thread.ofVirtual().name(role + "-sweeper").unstarted(this::work);
    }

    public void start() {
        thread.start();
    }

    private void work() {
        while (!stopper.isStopped()) {
            try {
                boolean more = duty.isMine() && sweep();
                if (!more) {
                    stopper.pause(TICK, "sweeper");
                }
            } catch (Failures.Stopping e) {
                return;
            } catch (RuntimeException | Error e) {
                outages.report(log, role + ": sweeper", "it is tried again", e);
                giveWay();
                if (!pauseAfterFailure()) {
                    return;
                }
            }
        }
    }

    private void giveWay() {
        try {
            duty.cannot();
        } catch (RuntimeException | Error e) {
            log.debug("{}: sweeper: its lease ends by itself: {}", role, Failures.describe(e));
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
        long start = System.nanoTime();
        boolean behind = isBehind();
        var paused = relay.paused();
        List<OutboxRow> rows = outbox.leftBehind(sweepAfter, PAGE, paused);
        boolean idle = rows.isEmpty();
        boolean sent = !idle && await(rows);
        if (!sent && !reachesBroker()) {
            log.debug("{}: sweeper: the broker does not answer here; it is left to another instance", role);
            duty.cannot();
            return false;
        }
        watched(behind);
        if (sent) {
            log.info("{}: sweeper: published {} events that were left behind", role, rows.size());
        } else if (idle ? outbox.anyOlderThan(sweepAfter, paused) : !relay.hasHeardSince(start)) {
            duty.cannotDoAll();
        }
        return sent && rows.size() == PAGE;
    }

    /** Whoever watches says so: that nobody did before, and that the relay is behind now. */
    private void watched(boolean behind) {
        duty.done(outbox.behind()::note);
        if (behind) {
            outbox.behind().note();
        }
    }

    /** Only who reaches the broker may say that others could not speak, or hold a job that needs it. */
    private boolean reachesBroker() {
        long now = System.nanoTime();
        if (relay.hasDeliveredSince(now - LEASE.toNanos() / 3) || now - reached < LEASE.toNanos() / 3) {
            return true;
        }
        if (broker.getAsBoolean()) {
            reached = System.nanoTime();
            return true;
        }
        return false;
    }

    private boolean isBehind() {
        // The first looks at one row; the second may go past many.
        return isBehind(outbox.oldestAge()) && isBehind(outbox.oldestAge(answered));
    }

    private static boolean isBehind(Duration age) {
        return age.compareTo(BEHIND) > 0;
    }

    /**
     * True once all are sent. A broker that answers slowly is no broker that is lost: for as long as one answer may
     * take the job is kept, for who took it over would only send the same once more, to the same broker.
     */
    private boolean await(List<OutboxRow> rows) {
        var done = relay.sweep(rows);
        long began = System.nanoTime();
        while (!stopper.isStopped()) {
            try {
                return done.get(LEASE.toMillis() / 3, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (!mayStillAnswer(began) || !reachesBroker() || !duty.isMine()) {
                    return false;
                }
                watched(isBehind());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            }
        }
        return false;
    }

    private boolean mayStillAnswer(long began) {
        long longAgo = System.nanoTime() - KafkaCluster.LONGEST_ANSWER.toNanos();
        return began - longAgo > 0 || relay.hasHeardSince(longAgo);
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
