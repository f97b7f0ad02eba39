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

    private final Trial trial;
    private final Duration longest;
    private final Duration each;

    /**
     * @param longest how long it may take
     * @param each how long a load of the rounds takes about; a shorter one would never see what piles up in it
     */
    public WarmUp(Trial trial, Duration longest, Duration each) {
        this.trial = trial;
        this.longest = longest;
        this.each = each;
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
            orders = (int) Math.max(AT_LEAST, told * each.toSeconds());
        }
    }
}
