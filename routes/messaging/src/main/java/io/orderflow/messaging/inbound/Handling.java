package io.orderflow.messaging.inbound;

import java.time.Duration;

/**
 * How a consumer deals with what fails.
 *
 * @param attempts how often an event that fails is tried before it is parked
 * @param patience how long it waits in place for infrastructure that is away before it gives the batch back
 * @param excess when it stops instead of parking
 */
public record Handling(int attempts, Duration patience, Excess excess) {

    /**
     * When so much would be parked with one error that it is the error of this release, or of a table, and not that of
     * the events.
     *
     * @param window over which time what came is looked at
     * @param least so many events came in it at least
     * @param share different keys that park with one error, as a share of all that came: above 0, at most 1 for never
     * @param tryEvery how long a stopped consumer waits between the single events that it tries
     */
    public record Excess(Duration window, int least, double share, Duration tryEvery) {}
}
