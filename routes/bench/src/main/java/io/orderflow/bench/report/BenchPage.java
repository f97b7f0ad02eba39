package io.orderflow.bench.report;

import io.orderflow.bench.round.Figures;
import io.orderflow.bench.round.Results;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The page that people read: a table for each load, a line for each contestant, medians with their range. */
final class BenchPage {

    private static final Map<String, String> COSTS = columns(
            "accepted/s",
            "accepted/s",
            Figures.CONFIRMED,
            "confirmed/s",
            Figures.TOLD,
            "told/s",
            Figures.PROCESSOR,
            "processor ms/order",
            "cpu java ms/order",
            "java",
            "cpu postgres ms/order",
            "PostgreSQL",
            "cpu kafka ms/order",
            "Kafka",
            "cpu load ms/order",
            "load");
    private static final Map<String, String> KEPT = columns(
            "commits/order", "commits/order",
            "statements/order", "statements/order",
            "fsyncs/order", "fsyncs/order",
            "wal bytes/order", "WAL bytes/order",
            "stored bytes/order", "stored bytes/order",
            "heap MiB", "heap MiB",
            "anonymous MiB", "RssAnon MiB",
            "missing", "missing");
    private static final Map<String, String> RESTING =
            columns(Figures.PROCESSORS, "processors", "heap MiB", "heap MiB", "anonymous MiB", "RssAnon MiB");
    private static final Map<String, String> WAITING = columns(
            "202 p50 ms",
            "POST→202 p50 ms",
            "202 p99 ms",
            "p99",
            "202 p99.9 ms",
            "p99.9",
            "end p50 ms",
            "POST→end p50 ms",
            "end p99 ms",
            "p99",
            "end p99.9 ms",
            "p99.9",
            Figures.PROCESSOR,
            "processor ms/order");

    private final Results results;

    BenchPage(Results results) {
        this.results = results;
    }

    private static Map<String, String> columns(String... names) {
        Map<String, String> columns = new LinkedHashMap<>();
        for (int i = 0; i < names.length; i += 2) {
            columns.put(names[i], names[i + 1]);
        }
        return columns;
    }

    String text() {
        var text = new StringBuilder("# What `make bench` measured\n\n");
        text.append(results.machine())
                .append(
                        ". One machine's figures are good for their ratios. Medians of the rounds, with the least and the most; ")
                .append("a round counts when the compilers took less than 3 % of the contestant's processor time, ")
                .append(
                        "and a row is marked * where none was so warm. All processor time between the first order and the last mail, ")
                .append(
                        "of every process, divided by the orders. Latencies are at a constant rate, from the moment at which ")
                .append("an order was meant to be sent. [All figures](figures.json).\n");
        text.append("\n| | |\n|---|---|\n");
        results.titles().forEach((name, title) -> text.append("| ")
                .append(name)
                .append(" | ")
                .append(title)
                .append(" |\n"));
        ratios(text);
        text.append("\n![orders told a second](told.png)\n\n![processor time per order](processor.png)\n");
        loads().forEach(load -> section(text, load));
        audits(text);
        return text.toString();
    }

    private List<String> loads() {
        return results.figures().stream().map(Figures::load).distinct().toList();
    }

    private void section(StringBuilder text, String load) {
        var rows = of(load);
        text.append("\n## ").append(load).append('\n');
        if (load.equals(Figures.AT_REST)) {
            table(text, rows, RESTING);
        } else if (isOpen(load)) {
            table(text, rows, WAITING);
        } else {
            table(text, rows, COSTS);
            table(text, rows, KEPT);
        }
    }

    private static boolean isOpen(String load) {
        return !load.contains("connections");
    }

    private List<Medians> of(String load) {
        return results.titles().keySet().stream()
                .map(name -> Medians.of(results.figures(), name, load))
                .flatMap(Optional::stream)
                .toList();
    }

    private static void table(StringBuilder text, List<Medians> rows, Map<String, String> columns) {
        text.append("\n| | ").append(String.join(" | ", columns.values())).append(" |\n|---|");
        text.append("---|".repeat(columns.size())).append('\n');
        for (var row : rows) {
            text.append("| ")
                    .append(row.contestant())
                    .append(row.warm() ? "" : " \\*")
                    .append(" | ");
            text.append(columns.keySet().stream()
                    .map(name -> row.value(name).map(Amount::of).orElse("–"))
                    .collect(Collectors.joining(" | ")));
            text.append(" |\n");
        }
    }

    /** Ours to each of the others', under the loads that are as much as each takes. */
    private void ratios(StringBuilder text) {
        text.append("\n| ours to | load | confirmed/s | told/s | processor time |\n|---|---|---|---|---|\n");
        List<String> lines = new ArrayList<>();
        for (var load : loads()) {
            Medians.of(results.figures(), Ratios.OURS, load)
                    .filter(ours -> !isOpen(load))
                    .ifPresent(ours -> of(load).stream()
                            .filter(others -> !others.contestant().equals(Ratios.OURS))
                            .forEach(others -> lines.add(ratio(ours, others))));
        }
        text.append(String.join("", lines));
    }

    private static String ratio(Medians ours, Medians others) {
        Function<String, String> to = name -> Amount.of(ours.middle(name) / others.middle(name));
        return "| " + others.contestant() + " | " + others.load() + " | " + to.apply(Figures.CONFIRMED) + " | "
                + to.apply(Figures.TOLD) + " | " + to.apply(Figures.PROCESSOR) + " |\n";
    }

    private void audits(StringBuilder text) {
        text.append(
                        "\n## Audit\n\nEvery order that was accepted once and final, its money to the cent, its stock to the piece, ")
                .append("one mail for its end.\n\n| | |\n|---|---|\n");
        results.audits().forEach((name, findings) -> text.append("| ")
                .append(name)
                .append(" | ")
                .append(findings.isEmpty() ? "right" : "**" + String.join("; ", findings) + "**")
                .append(" |\n"));
    }
}
