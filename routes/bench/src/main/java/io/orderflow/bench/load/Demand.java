package io.orderflow.bench.load;

import java.time.Duration;

/**
 * How orders come. In a closed loop each connection sends its next order when it has the answer to the last one,
 * which shows how much is taken at most; in an open one they come at a constant rate, whatever the answers do, which
 * shows how long one waits.
 *
 * @param rate orders a second; nothing in a closed loop
 */
public record Demand(OrderMix mix, int connections, int orders, double rate) {

    private static final int MOST_UNDER_WAY = 256;

    public static Demand closed(OrderMix mix, int connections, int orders) {
        return new Demand(mix, connections, orders, 0);
    }

    public static Demand open(OrderMix mix, double rate, Duration duration) {
        return new Demand(mix, MOST_UNDER_WAY, (int) Math.ceil(rate * duration.toSeconds()), rate);
    }

    boolean isOpen() {
        return rate > 0;
    }

    /** When the order of this number is meant to be sent, in nanoseconds from the beginning. */
    long meant(int number) {
        return (long) (number * (Duration.ofSeconds(1).toNanos() / rate));
    }

    /** So many others of the same kind. */
    public Demand of(int number) {
        return new Demand(mix, connections, number, rate);
    }
}
