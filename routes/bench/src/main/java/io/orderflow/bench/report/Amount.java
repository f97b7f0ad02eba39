package io.orderflow.bench.report;

import java.util.Locale;

/** A number as one reads it: three digits that matter. */
final class Amount {

    private Amount() {}

    static String of(double value) {
        double size = Math.abs(value);
        if (Double.isNaN(value)) {
            return "–";
        }
        var format = size >= 100 || size == 0 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }

    static String of(Median median) {
        return of(median.middle()) + " (" + of(median.least()) + "–" + of(median.most()) + ")";
    }
}
