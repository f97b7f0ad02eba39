package io.orderflow.bench.report;

import io.orderflow.bench.round.Figures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One contestant under one load, over its rounds. Rounds in which it was not warm do not count, unless none was.
 *
 * @param warm whether the counted rounds were warm
 */
record Medians(String contestant, String load, boolean warm, int rounds, Map<String, Median> values) {

    static Optional<Medians> of(List<Figures> all, String contestant, String load) {
        var own = all.stream()
                .filter(figures -> figures.contestant().equals(contestant)
                        && figures.load().equals(load))
                .toList();
        if (own.isEmpty()) {
            return Optional.empty();
        }
        var warm = own.stream().filter(Figures::isWarm).toList();
        var counted = warm.isEmpty() ? own : warm;
        Map<String, Median> values = new LinkedHashMap<>();
        counted.getFirst().values().keySet().forEach(name -> {
            var each = counted.stream()
                    .filter(figures -> figures.values().containsKey(name))
                    .map(figures -> figures.values().get(name))
                    .toList();
            values.put(name, Median.of(each));
        });
        return Optional.of(new Medians(contestant, load, !warm.isEmpty(), counted.size(), values));
    }

    /** Nothing where it was not measured. */
    Optional<Median> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    double middle(String name) {
        return value(name).map(Median::middle).orElse(Double.NaN);
    }
}
