package io.orderflow.app.operator;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Rows of an answer as lines of a terminal: a column for each member, as wide as its longest value. */
final class TextTable {

    private static final int WIDEST = 80;

    private TextTable() {}

    /** @param members of each row, in the order of the columns */
    static String of(JsonNode rows, String... members) {
        if (rows.isEmpty()) {
            return "nothing\n";
        }
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of(members).stream()
                .map(member -> member.replace('_', ' ').toUpperCase(Locale.ROOT))
                .toList());
        rows.forEach(row -> lines.add(
                List.of(members).stream().map(member -> value(row.path(member))).toList()));
        var widths = IntStream.range(0, members.length)
                .map(column -> lines.stream()
                        .mapToInt(line -> line.get(column).length())
                        .max()
                        .orElseThrow())
                .toArray();
        return lines.stream().map(line -> line(line, widths) + "\n").collect(Collectors.joining());
    }

    private static String line(List<String> values, int... widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(column -> ("%-" + widths[column] + "s").formatted(values.get(column)))
                .collect(Collectors.joining("  "))
                .stripTrailing();
    }

    /** In one line, and without what would steer a terminal. */
    static String value(JsonNode value) {
        var text = value.isNull() || value.isMissingNode() ? "-" : value.asText(value.toString());
        var plain = text.replaceAll("\\p{Cntrl}", " ");
        return plain.length() > WIDEST ? plain.substring(0, WIDEST - 1) + "…" : plain.isEmpty() ? "-" : plain;
    }

    /** One object: a line for each of these members. */
    static String lines(JsonNode object, String... members) {
        int width = List.of(members).stream().mapToInt(String::length).max().orElse(0);
        return List.of(members).stream()
                .map(member ->
                        ("%-" + width + "s  %s%n").formatted(member.replace('_', ' '), value(object.path(member))))
                .collect(Collectors.joining());
    }
}
