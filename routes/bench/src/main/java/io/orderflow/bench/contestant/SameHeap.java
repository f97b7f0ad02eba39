package io.orderflow.bench.contestant;

import java.util.ArrayList;
import java.util.List;

/** The heap of each contestant's JVM, of one size from the beginning: a collector that has room does not take part. */
final class SameHeap {

    private static final List<String> OPTIONS = List.of("-Xms1g", "-Xmx1g", "-Xmn640m");

    private SameHeap() {}

    /** The options of such a JVM. */
    static List<String> and(List<String> more) {
        List<String> options = new ArrayList<>(OPTIONS);
        options.addAll(more);
        return options;
    }
}
