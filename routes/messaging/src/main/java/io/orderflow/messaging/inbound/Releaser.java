package io.orderflow.messaging.inbound;

import io.orderflow.messaging.Duty;
import io.orderflow.messaging.Failures;
import io.orderflow.messaging.Leases;
import io.orderflow.messaging.Parking;
import io.orderflow.messaging.Parking.Result;
import io.orderflow.messaging.Releases.Action;
import io.orderflow.messaging.Stopper;
import io.orderflow.messaging.flow.Backbone;
import io.orderflow.messaging.tables.ReleaseRows;
import io.orderflow.messaging.tables.ReleaseRows.Next;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out a role's releases, one event after the other, when each is due by the database's clock. One instance at a
 * time, under a lease; two that overlap try no event twice, for each has to move the release on from where it found it.
 */
public final class Releaser implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Releaser.class);
    private static final Duration TICK = Duration.ofMillis(500);
    private static final Duration LEASE = Duration.ofSeconds(5);

    private final Backbone backbone;
    private final ReleaseRows rows;
    private final Parking parking;
    private final Duty duty;
    private final Stopper stopper = new Stopper();
    private final Thread thread;
    private long held = System.nanoTime() - LEASE.toNanos();

    /** A pause, a stop or another instance came before the end of an event, which was given back. */
    private boolean overtaken;

    public Releaser(Backbone backbone, Parking parking, Leases leases) {
        this.backbone = backbone;
        this.rows = backbone.tables().parked().releases();
        this.parking = parking;
        this.duty = new Duty(leases, backbone.role(), "releases", LEASE);
        this.thread = Thread.ofVirtual().name(backbone.role() + "-releaser").unstarted(this::work);
    }

    public void start() {
        thread.start();
    }

    private void work() {
        while (!stopper.isStopped()) {
            try {
                if (!step()) {
                    stopper.pause(TICK, "releases");
                }
            } catch (RuntimeException | Error e) {
                if (stopper.isStopped() || !goesOnAfter(e)) {
                    return;
                }
            }
        }
    }

    /** Tries the next event if it is due and this instance's; true if the next step should follow at once. */
    private boolean step() {
        var next = rows.next();
        if (next.isEmpty() || !isMine()) {
            return false;
        }
        var dueIn = next.get().dueIn();
        if (dueIn.isPositive()) {
            stopper.pause(dueIn.compareTo(TICK) < 0 ? dueIn : TICK, "releases");
            return true;
        }
        end(next.get());
        return true;
    }

    /** Not asked for each event, but often enough that nobody takes the lease of who works. */
    private boolean isMine() {
        if (System.nanoTime() - held < LEASE.toNanos() / 3) {
            return true;
        }
        if (!duty.isMine()) {
            return false;
        }
        held = System.nanoTime();
        return true;
    }

    /** What waits behind another, is too late or was settled before has no transaction of its own. */
    private void end(Next next) {
        var result = ended(next);
        if (result == Result.NOT_PARKED || result == Result.BEHIND_ANOTHER || result == Result.TOO_LATE) {
            note(next, result);
        }
    }

    private Result ended(Next next) {
        var role = backbone.role();
        if (next.action() == Action.RELEASE) {
            return parking.release(role, next.event(), result -> moveOn(next, result));
        }
        try {
            return parking.discard(role, next.event(), result -> moveOn(next, result));
        } catch (RuntimeException e) {
            if (Failures.isInfrastructure(e)) {
                throw e;
            }
            log.warn("{}: {} is not discarded: {}", role, next.event(), Failures.describe(e));
            note(next, Result.FAILED_AGAIN);
            return Result.FAILED_AGAIN;
        }
    }

    private void note(Next next, Result result) {
        backbone.run(transaction -> {
            moveOn(next, result);
            return null;
        });
    }

    /** In the transaction in which the event ends: if the release was moved meanwhile, that does not end either. */
    private void moveOn(Next next, Result result) {
        if (!rows.moveOn(next, result)) {
            overtaken = true;
            throw new Failures.Stopping("release " + next.release());
        }
    }

    /** Who cannot leaves it to others; who was overtaken looks again. */
    private boolean goesOnAfter(Throwable failure) {
        if (overtaken) {
            overtaken = false;
            return true;
        }
        backbone.outages().report(log, backbone.role() + ": releases", "they are tried again", failure);
        held = System.nanoTime() - LEASE.toNanos();
        try {
            duty.cannot();
        } catch (RuntimeException e) {
            log.debug("{}: releases: the lease ends by itself: {}", backbone.role(), Failures.describe(e));
        }
        try {
            stopper.pause(TICK.multipliedBy(2), "releases");
            return true;
        } catch (Failures.Stopping e) {
            return false;
        }
    }

    /** Ends with the event that is under way; the next instance goes on behind it. */
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
