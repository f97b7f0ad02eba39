package io.orderflow.bench.report;

import io.orderflow.bench.round.Figures;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The figures of several rounds for the eye: a line for each trial, and the medians as ratios to the floors. */
public final class Ratios {

    private static final String OURS = "orderflow";

    private Ratios() {}

    public static String line(Figures figures) {
        var values = figures.values();
        return "%-10s %-12s round %d: accepted %,7.0f/s, confirmed %,7.0f/s, told %,7.0f/s, %6.3f ms/order, compiling %.1f %%, others %.2f processors"
                .formatted(
                        figures.contestant(),
                        figures.load(),
                        figures.round(),
                        values.get("accepted/s"),
                        values.get(Figures.CONFIRMED),
                        values.get(Figures.TOLD),
                        values.get(Figures.PROCESSOR),
                        100 * values.get(Figures.COMPILING),
                        values.get(Figures.OTHERS));
    }

    /** Medians of everybody, and our ratio to each of the others. */
    public static void print(List<Figures> all) {
        Set<String> contestants = new LinkedHashSet<>();
        all.forEach(figures -> contestants.add(figures.contestant()));
        Map<String, Map<String, Median>> medians = new LinkedHashMap<>();
        for (var contestant : contestants) {
            var own = all.stream()
                    .filter(figures -> figures.contestant().equals(contestant))
                    .toList();
            Map<String, Median> each = new LinkedHashMap<>();
            own.getFirst()
                    .values()
                    .keySet()
                    .forEach(name -> each.put(
                            name,
                            Median.of(own.stream()
                                    .map(figures -> figures.values().get(name))
                                    .toList())));
            medians.put(contestant, each);
            System.out.println("\n" + contestant
                    + (own.stream().allMatch(Figures::isWarm) ? "" : " (not warm: its compiler still works)"));
            each.forEach((name, median) -> System.out.printf(
                    "  %-24s %,14.3f   (%,.3f to %,.3f)%n", name, median.middle(), median.least(), median.most()));
        }
        var ours = medians.get(OURS);
        medians.forEach((name, others) -> {
            if (ours != null && others != ours) {
                System.out.printf(
                        "ratio to %s: %.3f of its orders confirmed a second, %.3f told, %.1f times its processor time%n",
                        name,
                        ours.get(Figures.CONFIRMED).middle()
                                / others.get(Figures.CONFIRMED).middle(),
                        ours.get(Figures.TOLD).middle()
                                / others.get(Figures.TOLD).middle(),
                        ours.get(Figures.PROCESSOR).middle()
                                / others.get(Figures.PROCESSOR).middle());
            }
        });
    }
}
