package io.orderflow.messaging.inbound;

import io.orderflow.contracts.Channel;
import io.orderflow.contracts.Role;
import io.orderflow.messaging.watch.StoppedConsumers;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a consumer has stopped, because too much of what came would have been parked with one error. It tries single
 * events, one after each pause, and goes on by itself when one of them takes effect: the repair of a table, or a
 * broker's wrong line passed by, needs nobody who starts it again. It goes on as well when what comes is known already
 * or not for it, when it is assigned nothing, and when no bad event came for a window. Between two events it keeps
 * polling, for its role's other channels are in the same group, which waits for each member that does not poll. Used by
 * one consumer thread.
 */
final class Halt {

    private static final Logger log = LoggerFactory.getLogger(Halt.class);

    private final Role role;
    private final Channel channel;
    private final StoppedConsumers seen;
    private final Duration tryEvery;
    private final Duration longest;
    private long due;

    Halt(Role role, Channel channel, StoppedConsumers seen, Handling.Excess excess) {
        this.role = role;
        this.channel = channel;
        this.seen = seen;
        this.tryEvery = excess.tryEvery();
        this.longest = tryEvery.plus(excess.window());
    }

    boolean isStopped() {
        return seen.has(role, channel);
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
        triedInVain();
    }

    /** An event is bad: the next one after a pause. */
    void triedInVain() {
        seen.stopped(role, channel, longest);
        due = System.nanoTime() + tryEvery.toNanos();
    }

    /** An event has taken effect, or needed none. */
    void goOn() {
        log.info("{}: {}: an event passed; the consumer goes on", role, channel);
        clear();
    }

    void clear() {
        seen.goesOn(role, channel.topic());
    }

    /** Whether the next event may be handled: the consumer runs, or it is time to try one. */
    boolean mayTry() {
        return !isStopped() || due - System.nanoTime() <= 0;
    }

    /** When the next event may be tried, by {@link System#nanoTime}; of no use unless the consumer is stopped. */
    long due() {
        return due;
    }
}
