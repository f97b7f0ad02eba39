package io.orderflow.local.demo;

/**
 * What happens when, in seconds from the beginning.
 *
 * @param ordersPerSecond how many orders come on average
 * @param poison when a stranger writes what is no event
 * @param brokerGone when the broker is told to end
 * @param brokerStarted when it is started again; it serves some seconds later
 * @param badDeployment when inventory gets a migration that is wrong
 * @param parkedByThen how many of its events are parked when that is noticed
 * @param patience when the migration is mended at the latest, however many are parked
 * @param releasedPerMinute the pace at which the parked events are let go
 * @param lastOrder when no more orders come
 */
record DemoPlan(
        double ordersPerSecond,
        double poison,
        double brokerGone,
        double brokerStarted,
        double badDeployment,
        int parkedByThen,
        double patience,
        int releasedPerMinute,
        double lastOrder) {

    /**
     * A minute, with some seconds for readers to come back after the broker, for the last orders, and for the books.
     */
    static final DemoPlan USUAL = new DemoPlan(32, 4, 8, 15, 30, 200, 43, 1_500, 55);

    static final double SECONDS = 60;
}
