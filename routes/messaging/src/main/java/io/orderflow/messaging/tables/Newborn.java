package io.orderflow.messaging.tables;

import java.time.Duration;

/**
 * A request with how its row is born: due, for whoever claims it first, or leased to this process, whose workers get it
 * from memory once it is committed.
 *
 * @param lease how long no other process may take it; zero if it is due
 * @param begins whether a worker begins it at once: if the lease ends without an answer, nobody knows how that ended
 */
public record Newborn(String channel, Requested requested, Duration lease, boolean begins) {

    public static Newborn due(String channel, Requested requested) {
        return new Newborn(channel, requested, Duration.ZERO, false);
    }

    boolean isLeased() {
        return lease.isPositive();
    }
}
