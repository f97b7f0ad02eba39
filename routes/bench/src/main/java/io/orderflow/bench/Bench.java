package io.orderflow.bench;

import io.orderflow.bench.contestant.Contestants;
import io.orderflow.bench.contestant.Entrant;
import io.orderflow.bench.drain.DrainedQueue;
import io.orderflow.bench.load.Demand;
import io.orderflow.bench.load.OrderMix;
import io.orderflow.bench.machine.Machine;
import io.orderflow.bench.report.BenchFiles;
import io.orderflow.bench.report.DrainTable;
import io.orderflow.bench.report.Drift;
import io.orderflow.bench.report.GrowthTable;
import io.orderflow.bench.report.Ratios;
import io.orderflow.bench.round.Crash;
import io.orderflow.bench.round.Figures;
import io.orderflow.bench.round.Growth;
import io.orderflow.bench.round.Results;
import io.orderflow.bench.round.Rounds;
import io.orderflow.bench.round.Soak;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code make bench} and its shorter and longer sisters. The figures of one run are good for their ratios and for
 * nothing else.
 */
public final class Bench {

    private static final int ROUNDS = 3;
    private static final int MOST = 256;
    private static final String MOST_LOAD = "256 connections";
    private static final int CRASH_CONNECTIONS = 64;
    private static final Duration CRASH_AFTER = Duration.ofSeconds(5);
    private static final int CRASH_ORDERS = 3_000;

    private final Options options;
    private final Machine machine;
    private final List<Entrant> entrants;

    private Bench(Options options, Machine machine) throws Exception {
        this.options = options;
        this.machine = machine;
        this.entrants = Contestants.start(machine, options.peers(), options.settings(), options.only());
    }

    /** A kind of run, {@code quick}, {@code full}, {@code growth}, {@code soak} or {@code drain}, and options. */
    public static void main(String... arguments) throws Exception {
        var options = Options.of(arguments);
        System.out.println(where());
        try (var machine = new Machine(options.folder())) {
            if (options.kind().equals("drain")) {
                drain(options, machine);
            } else {
                new Bench(options, machine).judge();
            }
        }
        System.exit(0);
    }

    private void judge() throws Exception {
        switch (options.kind()) {
            case "quick" -> quick();
            case "full" -> full();
            case "growth" -> growth();
            case "soak" -> soak();
            default ->
                throw new IllegalArgumentException(options.kind() + " (expected: quick, full, growth, soak or drain)");
        }
        for (var entrant : entrants) {
            entrant.end();
        }
    }

    /** One service by itself, beside the bare saga's. */
    private static void drain(Options options, Machine machine) throws Exception {
        var seen = new DrainedQueue(machine, figures -> System.out.println(DrainTable.line(figures)))
                .of(options.number("events"), options.warm(), options.settings());
        System.out.println(DrainTable.text(seen));
    }

    private static String where() {
        return "%s, %d processors, Java %s, %s %s"
                .formatted(
                        Instant.now().truncatedTo(ChronoUnit.MINUTES),
                        Runtime.getRuntime().availableProcessors(),
                        Runtime.version().feature(),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"));
    }

    private Rounds rounds() throws Exception {
        var rounds = new Rounds(machine, entrants, Duration.ofSeconds(options.number("each")), Bench::show);
        rounds.warmUp(options.warm());
        return rounds;
    }

    private static void show(Figures figures) {
        System.out.println(Ratios.line(figures));
    }

    /** The core ratios. */
    private void quick() throws Exception {
        var rounds = rounds();
        for (int round = 1; round <= ROUNDS; round++) {
            rounds.closed(OrderMix.EVEN, MOST, round);
        }
        audited("after the rounds");
        System.out.println(Ratios.text(rounds.figures(), MOST_LOAD));
    }

    private void full() throws Exception {
        var rounds = rounds();
        for (int round = 1; round <= ROUNDS; round++) {
            rounds.closed(OrderMix.EVEN, 64, round);
            rounds.closed(OrderMix.EVEN, MOST, round);
            rounds.open(round);
            rounds.closed(OrderMix.HOT, 64, round);
        }
        for (int connections : List.of(1, 4, 16)) {
            rounds.closed(OrderMix.EVEN, connections, 1);
        }
        rounds.closed(OrderMix.MIXED, 64, 1);
        rounds.rest();
        Map<String, List<String>> audits = new LinkedHashMap<>(audited("after the rounds"));
        audits.putAll(crashed());
        Map<String, String> titles = new LinkedHashMap<>();
        entrants.forEach(entrant -> titles.put(entrant.name(), entrant.title()));
        new BenchFiles(options.report()).write(new Results(where(), titles, rounds.figures(), audits));
        System.out.println(Ratios.text(rounds.figures(), MOST_LOAD));
        System.out.println("Written: " + options.report());
    }

    private Map<String, List<String>> audited(String when) throws Exception {
        Map<String, List<String>> audits = new LinkedHashMap<>();
        for (var entrant : entrants) {
            audits.put(entrant.name() + ", " + when, entrant.audit());
        }
        audits.forEach(Bench::show);
        return audits;
    }

    private Map<String, List<String>> crashed() throws Exception {
        Map<String, List<String>> audits = new LinkedHashMap<>();
        var demand = Demand.closed(OrderMix.EVEN, CRASH_CONNECTIONS, CRASH_ORDERS);
        for (var entrant : entrants) {
            if (entrant.recovers()) {
                audits.put(entrant.name() + ", after kill -9 under load", Crash.of(entrant, demand, CRASH_AFTER));
            }
        }
        audits.forEach(Bench::show);
        return audits;
    }

    private static void show(String what, List<String> findings) {
        System.out.println(what + ": " + (findings.isEmpty() ? "right" : "WRONG: " + String.join("; ", findings)));
    }

    private void growth() throws Exception {
        var stages = new Growth(machine, entrants.getFirst(), Duration.ofSeconds(options.number("each")), Bench::show)
                .of(options.warm(), options.number("orders"));
        System.out.println(GrowthTable.text(stages));
    }

    private void soak() throws Exception {
        var entrant = entrants.getFirst();
        var minutes = new Soak(machine, Bench::show).of(entrant, options.warm(), options.number("minutes"));
        System.out.println(Drift.text(minutes));
        audited("after the soak");
    }
}
