package io.orderflow.bench.report;

import java.util.List;

/**
 * The middle of what several rounds gave, with the least and the most of them.
 */
public record Median(double middle, double least, double most) {

    public static Median of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no values (expected: one at least)");
        }
        var sorted = values.stream().sorted().toList();
        int half = sorted.size() / 2;
        double middle = sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
        return new Median(middle, sorted.getFirst(), sorted.getLast());
    }
}
