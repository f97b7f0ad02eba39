package io.orderflow.bench.report;

import io.orderflow.bench.round.Figures;
import java.util.List;
import java.util.Optional;

/** The figures of several rounds for the eye: a line for each trial, and ours as ratios to the others'. */
public final class Ratios {

    static final String OURS = "orderflow";
    private static final int PERCENT = 100;

    private Ratios() {}

    /** So that somebody sees that it goes on. */
    public static String line(Figures figures) {
        var values = figures.values();
        var waiting = values.containsKey("end p50 ms")
                ? "end p50 %.0f, p99 %.0f ms".formatted(values.get("end p50 ms"), values.get("end p99 ms"))
                : "";
        return "%-10s %-16s round %d: accepted %,.0f/s, confirmed %,.0f/s, told %,.0f/s, %.3f ms/order, compiling %.1f %%, others %.2f; %s"
                .formatted(
                        figures.contestant(),
                        figures.load(),
                        figures.round(),
                        values.get("accepted/s"),
                        values.get(Figures.CONFIRMED),
                        values.get(Figures.TOLD),
                        values.get(Figures.PROCESSOR),
                        PERCENT * values.get(Figures.COMPILING),
                        values.get(Figures.OTHERS),
                        waiting);
    }

    /** Everybody's medians under a load, and our ratio to each of the others. */
    public static String text(List<Figures> all, String load) {
        var each = all.stream()
                .map(Figures::contestant)
                .distinct()
                .map(name -> Medians.of(all, name, load))
                .flatMap(Optional::stream)
                .toList();
        var text = new StringBuilder();
        each.forEach(medians -> text.append(values(medians)));
        each.stream().filter(medians -> medians.contestant().equals(OURS)).forEach(ours -> each.stream()
                .filter(others -> others != ours)
                .forEach(others -> text.append(ratio(ours, others))));
        return text.toString();
    }

    private static String values(Medians medians) {
        var text = new StringBuilder("%n%s, %s%s%n"
                .formatted(
                        medians.contestant(),
                        medians.load(),
                        medians.warm() ? "" : " (NOT WARM: its compilers took more than 3 % of its time)"));
        medians.values()
                .forEach((name, median) -> text.append("  %-24s %,14.3f   (%,.3f to %,.3f)%n"
                        .formatted(name, median.middle(), median.least(), median.most())));
        return text.toString();
    }

    private static String ratio(Medians ours, Medians others) {
        return "ratio to %s: %.3f of its orders confirmed a second, %.3f told, %.1f times its processor time%n"
                .formatted(
                        others.contestant(),
                        ours.middle(Figures.CONFIRMED) / others.middle(Figures.CONFIRMED),
                        ours.middle(Figures.TOLD) / others.middle(Figures.TOLD),
                        ours.middle(Figures.PROCESSOR) / others.middle(Figures.PROCESSOR));
    }
}
