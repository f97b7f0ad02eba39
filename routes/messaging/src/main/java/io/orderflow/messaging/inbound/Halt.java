package io.orderflow.messaging.inbound;

import io.orderflow.contracts.Channel;
import io.orderflow.contracts.Role;
import io.orderflow.messaging.Stopper;
import io.orderflow.messaging.watch.StoppedConsumers;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a consumer has stopped, because too much of what came would have been parked with one error. It stays in its
 * group, tries single events, one after each pause, and goes on by itself when one of them takes effect: the repair of
 * a table, or a broker's wrong line passed by, needs nobody who starts it again. Used by one consumer thread.
 */
final class Halt {

    private static final Logger log = LoggerFactory.getLogger(Halt.class);

    private final Role role;
    private final Channel channel;
    private final Stopper stopper;
    private final StoppedConsumers seen;
    private final Duration tryEvery;
    private boolean stopped;
    private long due;

    Halt(Role role, Channel channel, Stopper stopper, StoppedConsumers seen, Duration tryEvery) {
        this.role = role;
        this.channel = channel;
        this.stopper = stopper;
        this.seen = seen;
        this.tryEvery = tryEvery;
    }

    /** The consumer is stopped, and the time of the next event has not come: the batch is to be delivered again. */
    static final class StillStopped extends RuntimeException {

        private static final long serialVersionUID = 1L;

        StillStopped(Channel channel) {
            super(channel + ": stopped; the next event is tried later");
        }
    }

    boolean isStopped() {
        return stopped;
    }

    /** Stops, because of an error that too many events have. */
    void stop(String error) {
        log.error(
                "{}: {}: too many events fail with {}; the consumer stops, tries one every {} and goes on when it succeeds"
                        + " (orderflow.messaging.park-share)",
                role,
                channel,
                error,
                tryEvery);
        seen.stopped(role, channel);
        stopped = true;
        due = System.nanoTime() + tryEvery.toNanos();
    }

    /** The event that was tried is parked: the next one after a pause. */
    void triedInVain() {
        due = System.nanoTime() + tryEvery.toNanos();
    }

    /** An event has taken effect. */
    void goOn() {
        log.info("{}: {}: an event took effect; the consumer goes on", role, channel);
        clear();
    }

    void clear() {
        seen.goesOn(role, channel);
        stopped = false;
    }

    /**
     * Waits until the next event may be tried.
     *
     * @param until how long there is time for it, by {@link System#nanoTime}
     * @throws StillStopped if that is over first
     */
    void awaitTry(long until) {
        long now = System.nanoTime();
        boolean inTime = due - until < 0;
        long wait = Math.max(0, (inTime ? due : until) - now);
        stopper.pause(Duration.ofNanos(wait), channel.topic());
        if (!inTime) {
            throw new StillStopped(channel);
        }
    }
}
