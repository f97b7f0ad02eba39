package io.orderflow.bench;

import io.orderflow.bench.contestant.Contestants;
import io.orderflow.bench.contestant.Entrant;
import io.orderflow.bench.load.Demand;
import io.orderflow.bench.load.OrderMix;
import io.orderflow.bench.machine.Machine;
import io.orderflow.bench.report.Ratios;
import io.orderflow.bench.round.Figures;
import io.orderflow.bench.round.Trial;
import io.orderflow.bench.round.WarmUp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code make bench-quick}: the ratios that a change is judged by, in three minutes. The figures of one run are good for
 * their ratio and for nothing else.
 */
public final class Bench {

    private static final int ROUNDS = 3;
    private static final double ROUND_SECONDS = 6;
    private static final int CONNECTIONS = 256;

    private Bench() {}

    public static void main(String... arguments) throws Exception {
        var options = Options.of(arguments);
        System.out.printf(
                "%s, %d processors, Java %s, %s %s%n",
                Instant.now().truncatedTo(ChronoUnit.MINUTES),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version().feature(),
                System.getProperty("os.name"),
                System.getProperty("os.version"));
        try (var machine = new Machine(options.folder())) {
            var entrants = Contestants.start(machine, options.peers(), options.settings(), options.only());
            quick(new Trial(machine), entrants, options);
            for (var entrant : entrants) {
                entrant.audit().forEach(finding -> System.out.println(entrant.name() + " WRONG: " + finding));
                entrant.end();
            }
        }
        System.exit(0);
    }

    private static void quick(Trial trial, List<Entrant> entrants, Options options) throws Exception {
        Map<Entrant, Double> rates = new LinkedHashMap<>();
        for (var entrant : entrants) {
            rates.put(entrant, new WarmUp(trial, options.warm()).of(entrant));
        }
        List<Figures> all = new ArrayList<>();
        for (int round = 1; round <= ROUNDS; round++) {
            for (var entrant : entrants) {
                int orders = (int) (rates.get(entrant) * ROUND_SECONDS);
                var figures =
                        trial.run(entrant, "closed 256", Demand.closed(OrderMix.EVEN, CONNECTIONS, orders), round);
                rates.put(entrant, figures.values().get(Figures.TOLD));
                all.add(figures);
                System.out.println(Ratios.line(figures));
            }
        }
        Ratios.print(all);
    }
}
