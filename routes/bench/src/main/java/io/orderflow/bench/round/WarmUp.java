package io.orderflow.bench.round;

import io.orderflow.bench.contestant.Entrant;
import io.orderflow.bench.load.Demand;
import io.orderflow.bench.load.OrderMix;
import java.time.Duration;
import java.util.List;

/**
 * Lets a contestant work until its compiler rests, and learns on the way how much it carries. It has few and many
 * connections in turn, for code that was compiled for one of them is compiled again when the other comes.
 */
public final class WarmUp {

    private static final int FIRST = 500;
    private static final List<Integer> CONNECTIONS = List.of(64, 256);
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
            boolean warm = true;
            double told = 0;
            double compiling = 0;
            for (int connections : CONNECTIONS) {
                var demand = Demand.closed(OrderMix.EVEN, connections, orders);
                var figures = trial.run(entrant, "warm-up", demand, 0);
                warm &= figures.isWarm();
                told = figures.values().get(Figures.TOLD);
                compiling = figures.values().get(Figures.COMPILING);
            }
            if (warm || System.nanoTime() > deadline) {
                System.out.printf(
                        "%-10s warmed up: %,.0f orders/s told, %.1f %% of its processor time compiles%n",
                        entrant.name(), told, 100 * compiling);
                return told;
            }
            orders = (int) Math.max(AT_LEAST, told * PASS_SECONDS);
        }
    }
}
