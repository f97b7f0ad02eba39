package io.orderflow.console;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * How everything is, at a glance.
 *
 * @param asOf by the database's clock
 * @param windowSeconds how far back {@code orders} looks
 */
record Overview(
        Instant asOf, int windowSeconds, Pace orders, SinceStart sinceStart, List<Tile> tiles, List<Answering> roles) {

    /** How a figure is to be taken. */
    enum State {
        OK,
        WARN,
        BAD,
        UNKNOWN;

        /** As the page and its styles call it. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What became of the orders of the window.
     *
     * @param parked of how many orders something was parked
     * @param isWhole whether all of them were looked at, and not only the newest
     * @param p50Millis from the first event to confirmation or cancellation; null where none has ended
     */
    record Pace(
            long accepted,
            long confirmed,
            long cancelled,
            long parked,
            boolean isWhole,
            double acceptedPerSecond,
            double endedPerSecond,
            double parkedPerSecond,
            Long p50Millis,
            Long p95Millis,
            Long p99Millis) {}

    /** What the processes that answered have counted since they started; null where none of them counts it. */
    record SinceStart(Long accepted, Long confirmed, Long cancelled, Long parked) {}

    /**
     * A figure with thresholds.
     *
     * @param value the worst, or all together; null where nobody knows
     * @param warn from which value on it is worth a look
     * @param bad from which value on it must be acted on
     */
    record Tile(String name, Double value, String unit, String state, double warn, double bad, List<Share> byRole) {}

    /** A role's part in a figure. */
    record Share(String role, Double value, String state) {}

    /**
     * Whether a role says how it is.
     *
     * @param why it does not; null where it does
     * @param process where its operators' port is, the same for roles of one process; null where nobody says so
     */
    record Answering(String role, boolean answers, String why, String process) {}
}
