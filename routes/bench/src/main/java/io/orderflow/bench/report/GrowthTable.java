package io.orderflow.bench.report;

import io.orderflow.bench.round.Figures;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Each figure on empty tables, and what it is beside that at every later stage. */
public final class GrowthTable {

    private static final double TOO_MUCH = 1.2;

    private GrowthTable() {}

    /** A Markdown table; what grew beyond what is allowed is marked. */
    public static String text(List<Figures> stages) {
        var empty = stages.getFirst();
        Set<String> names = new LinkedHashSet<>();
        stages.forEach(stage -> names.addAll(stage.values().keySet()));
        var later = stages.subList(1, stages.size());
        var text = new StringBuilder("\n| | empty | ")
                .append(later.stream().map(Figures::load).collect(Collectors.joining(" | ")))
                .append(" |\n|---|")
                .append("---|".repeat(stages.size()))
                .append('\n');
        for (var name : names) {
            double before = empty.values().getOrDefault(name, Double.NaN);
            text.append("| ").append(name.replace("|", "\\|")).append(" | ").append(Amount.of(before));
            for (var stage : later) {
                text.append(" | ").append(ratio(name, before, stage.values().getOrDefault(name, Double.NaN)));
            }
            text.append(" |\n");
        }
        return text.toString();
    }

    private static String ratio(String name, double before, double after) {
        if (Double.isNaN(before) || before == 0) {
            return Amount.of(after);
        }
        double ratio = after / before;
        boolean grown = name.endsWith("/s") ? ratio < 1 / TOO_MUCH : ratio > TOO_MUCH;
        return "×" + Amount.of(ratio) + (grown ? " **!**" : "");
    }
}
