package io.orderflow.bench.round;

import io.orderflow.bench.contestant.Entrant;
import io.orderflow.bench.load.Demand;
import io.orderflow.bench.load.OrderMix;
import java.time.Duration;

/** Lets a contestant work until its compiler rests, and learns on the way how much it carries. */
public final class WarmUp {

    private static final int FIRST = 500;
    private static final int CONNECTIONS = 64;
    private static final double AT_LEAST = 1_000;

    /** Each pass takes about so long; after each it is asked whether that was enough. */
    private static final double PASS_SECONDS = 5;

    private final Trial trial;
    private final Duration longest;

    public WarmUp(Trial trial, Duration longest) {
        this.trial = trial;
        this.longest = longest;
    }

    /** How many orders a second, told by mail, it carried at last. */
    public double of(Entrant entrant) throws Exception {
        long deadline = System.nanoTime() + longest.toNanos();
        int orders = FIRST;
        while (true) {
            var figures = trial.run(entrant, "warm-up", Demand.closed(OrderMix.EVEN, CONNECTIONS, orders), 0);
            double told = figures.values().get(Figures.TOLD);
            if (figures.isWarm() || System.nanoTime() > deadline) {
                System.out.printf(
                        "%-10s warmed up: %,.0f orders/s told, %.1f %% of its processor time compiles%n",
                        entrant.name(), told, 100 * figures.values().get(Figures.COMPILING));
                return told;
            }
            orders = (int) Math.max(AT_LEAST, told * PASS_SECONDS);
        }
    }
}
