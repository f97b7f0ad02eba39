package io.orderflow.bench.round;

import io.orderflow.bench.contestant.Entrant;
import io.orderflow.bench.load.Demand;
import io.orderflow.bench.load.OrderMix;
import io.orderflow.bench.machine.Machine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Lets the contestants take turns, load by load and round by round, so that whatever the machine does to one it does to
 * the others. All of them stay where they are meanwhile, warm and at rest.
 */
public final class Rounds {

    private static final double HALF = 0.5;
    private static final double SLOWLY = 100;

    /** Fewer orders a connection would measure how the load begins and ends. */
    private static final int EACH_CONNECTION = 8;

    /** Over fewer connections each has to wait for the last answer, and less is carried. */
    private static final int ENOUGH = 16;

    private final Trial trial;
    private final List<Entrant> entrants;
    private final Duration each;
    private final Consumer<Figures> heard;
    private final List<Figures> figures = new ArrayList<>();

    /** Orders told a second by each, when last seen under a load that was as much as it takes. */
    private final Map<Entrant, Double> rates = new LinkedHashMap<>();

    /**
     * @param each how long one load takes about
     * @param heard the one that is told of each trial
     */
    public Rounds(Machine machine, List<Entrant> entrants, Duration each, Consumer<Figures> heard) {
        this.trial = new Trial(machine);
        this.entrants = entrants;
        this.each = each;
        this.heard = heard;
    }

    /**
     * @param longest how long one may warm up
     */
    public void warmUp(Duration longest) throws Exception {
        for (var entrant : entrants) {
            rates.put(entrant, new WarmUp(trial, longest, each).of(entrant));
        }
    }

    /** As much as each takes over so many connections. */
    public void closed(OrderMix mix, int connections, int round) throws Exception {
        for (var entrant : entrants) {
            double share = Math.min(1, (double) connections / ENOUGH);
            int orders = (int) Math.max(EACH_CONNECTION * connections, rates.get(entrant) * each.toSeconds() * share);
            var name = (mix == OrderMix.EVEN ? "" : mix.name().toLowerCase(Locale.ROOT) + ", ") + connections
                    + " connections";
            var seen = run(entrant, name, Demand.closed(mix, connections, orders), round);
            if (seen != null && mix == OrderMix.EVEN && share == 1) {
                rates.merge(entrant, seen.values().get(Figures.TOLD), (old, now) -> (old + now) / 2);
            }
        }
    }

    /** At a constant rate: half of what each takes at most, and so slowly that nobody has to wait for another. */
    public void open(int round) throws Exception {
        for (var entrant : entrants) {
            run(entrant, "half its most", Demand.open(OrderMix.EVEN, rates.get(entrant) * HALF, each), round);
        }
        for (var entrant : entrants) {
            run(entrant, "100/s", Demand.open(OrderMix.EVEN, SLOWLY, each), round);
        }
    }

    /** All at once, while nobody wants anything. */
    public void rest() throws Exception {
        for (var entrant : entrants) {
            figures.add(trial.rest(entrant, each));
        }
    }

    private Figures run(Entrant entrant, String load, Demand demand, int round) throws Exception {
        if (!entrant.takes(demand)) {
            return null;
        }
        var seen = trial.run(entrant, load, demand, round);
        figures.add(seen);
        heard.accept(seen);
        return seen;
    }

    public List<Figures> figures() {
        return figures;
    }
}
