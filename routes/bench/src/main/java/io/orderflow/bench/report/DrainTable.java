package io.orderflow.bench.report;

import io.orderflow.bench.drain.DrainedQueue;
import io.orderflow.bench.round.Figures;
import java.util.List;
import java.util.stream.Collectors;

/** How one service by itself took its queue, beside the bare saga's, and what it needs at rest. */
public final class DrainTable {

    private static final String FLOOR = "floor";

    private DrainTable() {}

    /** So that somebody sees that it goes on. */
    public static String line(Figures figures) {
        return "%-10s %-8s round %d: %s"
                .formatted(
                        figures.contestant(),
                        figures.load(),
                        figures.round(),
                        figures.values().entrySet().stream()
                                .map(value -> value.getKey() + " " + Amount.of(value.getValue()))
                                .collect(Collectors.joining(", ")));
    }

    /** Medians with their ranges, and our ratio. */
    public static String text(List<Figures> all) {
        var text = new StringBuilder();
        for (var load : List.of(DrainedQueue.STARTED, DrainedQueue.LOAD, Figures.AT_REST)) {
            for (var name : List.of(FLOOR, Ratios.OURS)) {
                Medians.of(all, name, load).ifPresent(medians -> text.append(line(medians)));
            }
        }
        var ours = Medians.of(all, Ratios.OURS, DrainedQueue.LOAD).orElseThrow();
        var floor = Medians.of(all, FLOOR, DrainedQueue.LOAD).orElseThrow();
        return text.append("ratio to floor: %.3f of its events a second, %.1f times its processor time%n"
                        .formatted(
                                ours.middle(DrainedQueue.EVENTS) / floor.middle(DrainedQueue.EVENTS),
                                ours.middle(DrainedQueue.PROCESSOR) / floor.middle(DrainedQueue.PROCESSOR)))
                .toString();
    }

    private static String line(Medians medians) {
        return "%n%s, %s%s%n%s"
                .formatted(
                        medians.contestant(),
                        medians.load(),
                        medians.warm() ? "" : " (NOT WARM)",
                        medians.values().entrySet().stream()
                                .map(value -> "  %-20s %s%n".formatted(value.getKey(), Amount.of(value.getValue())))
                                .collect(Collectors.joining()));
    }
}
