package io.orderflow.bench.report;

import io.orderflow.bench.round.Figures;
import java.util.List;

/** What became of each figure between the beginning and the end of a long run. */
public final class Drift {

    private static final int PART = 5;

    private Drift() {}

    /** Medians of the first and of the last fifth, and their ratio. */
    public static String text(List<Figures> figures) {
        int part = Math.max(1, figures.size() / PART);
        var first = figures.subList(0, part);
        var last = figures.subList(figures.size() - part, figures.size());
        var text = new StringBuilder(
                "%nmedians of the first and the last %d of %d, and their ratio%n".formatted(part, figures.size()));
        for (var name : figures.getFirst().values().keySet()) {
            double before = median(first, name);
            double after = median(last, name);
            text.append("  %-24s %14s %14s %8s%n"
                    .formatted(name, Amount.of(before), Amount.of(after), Amount.of(after / before)));
        }
        return text.toString();
    }

    private static double median(List<Figures> figures, String name) {
        return Median.of(figures.stream()
                        .map(each -> each.values().getOrDefault(name, 0.0))
                        .toList())
                .middle();
    }
}
