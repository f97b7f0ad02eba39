package io.orderflow.bench.round;

import io.orderflow.bench.contestant.Entrant;
import io.orderflow.bench.load.Demand;
import io.orderflow.bench.machine.Machine;
import io.orderflow.bench.machine.Usage;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** One load carried by one contestant, with what it has cost until the last customer was told. */
public final class Trial {

    private static final double MILLI = 1_000;

    private final Machine machine;

    public Trial(Machine machine) {
        this.machine = machine;
    }

    public Figures run(Entrant entrant, String load, Demand demand, int round) throws Exception {
        var before = now(entrant);
        var carried = entrant.carry(demand);
        var used = now(entrant).since(before);
        Map<String, Double> values = new LinkedHashMap<>();
        speed(carried, values);
        cost(used, carried.orders(), values);
        waiting("202", carried.acceptance(), values);
        waiting("end", carried.end(), values);
        memory(entrant, values);
        return new Figures(entrant.name(), load, round, values);
    }

    /** What it takes while nobody wants anything. */
    public Figures rest(Entrant entrant, Duration duration) throws Exception {
        var before = now(entrant);
        Thread.sleep(duration);
        var used = now(entrant).since(before);
        Map<String, Double> values = new LinkedHashMap<>();
        values.put(Figures.PROCESSORS, used.used().get(Usage.JAVA) / used.used().get(Usage.SECONDS));
        values.put(Figures.COMPILING, 0.0);
        memory(entrant, values);
        return new Figures(entrant.name(), Figures.AT_REST, 1, values);
    }

    private static void memory(Entrant entrant, Map<String, Double> values) {
        values.put("heap MiB", entrant.jvm().heap());
        values.put("anonymous MiB", entrant.jvm().anonymous());
    }

    private Usage now(Entrant entrant) throws SQLException {
        return Usage.now(machine, entrant.process(), entrant.jvm(), entrant.name());
    }

    private static void speed(Entrant.Carried carried, Map<String, Double> values) {
        values.put("orders", (double) carried.orders());
        values.put("accepted/s", carried.orders() / carried.accepted());
        values.put(Figures.CONFIRMED, carried.orders() / carried.ended());
        values.put(Figures.TOLD, carried.orders() / carried.told());
        values.put("refused", (double) carried.refusals());
        values.put("missing", (double) carried.missing());
    }

    private static void cost(Usage used, int orders, Map<String, Double> values) {
        values.put(Figures.PROCESSOR, MILLI * used.processors() / orders);
        used.used().forEach((name, value) -> {
            if (name.startsWith("cpu ")) {
                values.put(name + " ms/order", MILLI * value / orders);
            } else if (!name.equals(Usage.COMPILED) && !name.equals(Usage.ALL) && !name.equals(Usage.SECONDS)) {
                values.put(name + "/order", value / orders);
            }
        });
        values.put(Figures.COMPILING, used.compileShare());
        values.put(Figures.OTHERS, used.others());
    }

    private static void waiting(String what, Histogram micros, Map<String, Double> values) {
        if (micros.getTotalCount() > 0) {
            values.put(what + " p50 ms", micros.getValueAtPercentile(50) / MILLI);
            values.put(what + " p99 ms", micros.getValueAtPercentile(99) / MILLI);
            values.put(what + " p99.9 ms", micros.getValueAtPercentile(99.9) / MILLI);
            values.put(what + " max ms", micros.getMaxValue() / MILLI);
        }
    }
}
