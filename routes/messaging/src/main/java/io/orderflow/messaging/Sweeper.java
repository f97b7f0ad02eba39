package io.orderflow.messaging;

import io.orderflow.contracts.Channel;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes events that nobody's memory holds any more: their writer was killed, or the broker did not take them. One instance at a time, under a lease; the
 * rows go through the same {@link Relay}, so that their order is kept by the same code.
 */
final class Sweeper implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Sweeper.class);
    private static final Duration TICK = Duration.ofMillis(500);
    private static final Duration LEASE = Duration.ofSeconds(15);
    private static final Duration BEHIND = Duration.ofSeconds(2);
    private static final int PAGE = 2_000;

    private final Backbone backbone;
    private final Collection<Channel> answered;
    private final MessagingSettings settings;
    private final Stopper stopper = new Stopper();
    private final Thread thread;

    /** @param answered the channels on which somebody may be waited for in vain while they are behind */
    Sweeper(Backbone backbone, Collection<Channel> answered, MessagingSettings settings) {
        this.backbone = backbone;
        this.answered = answered;
        this.settings = settings;
        this.thread = Thread.ofVirtual().name(backbone.role() + "-sweeper").unstarted(this::work);
    }

    void start() {
        thread.start();
    }

    private void work() {
        while (!stopper.isStopped()) {
            try {
                boolean more = backbone.leases.hold(backbone.role(), "sweeper", LEASE) && sweep();
                if (!more) {
                    stopper.pause(TICK, "sweeper");
                }
            } catch (Failures.Stopping e) {
                return;
            } catch (RuntimeException e) {
                log.warn("{}: sweeper: {}", backbone.role(), Failures.describe(e));
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
        List<Outbox.Row> rows = backbone.outbox.leftBehind(settings.sweepAfter(), PAGE, backbone.relay.setAside());
        if (rows.isEmpty()) {
            return false;
        }
        boolean sent = await(rows);
        if (sent) {
            log.info("{}: sweeper: published {} events that were left behind", backbone.role(), rows.size());
        }
        return sent && rows.size() == PAGE;
    }

    private void noteIfBehind() {
        // The first looks at one row; the second may go past many.
        if (isBehind(backbone.outbox.oldestAge()) && isBehind(backbone.outbox.oldestAge(answered))) {
            backbone.outbox.noteBehind();
        }
    }

    private static boolean isBehind(Duration age) {
        return age.compareTo(BEHIND) > 0;
    }

    private boolean await(List<Outbox.Row> rows) {
        var done = backbone.relay.sweep(rows);
        while (!stopper.isStopped()) {
            try {
                return done.get(LEASE.toMillis() / 3, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                backbone.leases.hold(backbone.role(), "sweeper", LEASE);
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
