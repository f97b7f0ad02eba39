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

    /** @param members of each row, in the order of the columns; what is very long is cut */
    static String of(JsonNode rows, String... members) {
        return of(rows, WIDEST, members);
    }

    /** The same with nothing cut. */
    static String whole(JsonNode rows, String... members) {
        return of(rows, Integer.MAX_VALUE, members);
    }

    private static String of(JsonNode rows, int widest, String... members) {
        if (rows.isEmpty()) {
            return "nothing\n";
        }
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of(members).stream()
                .map(member -> member.replace('_', ' ').toUpperCase(Locale.ROOT))
                .toList());
        rows.forEach(row -> lines.add(List.of(members).stream()
                .map(member -> cut(Plain.line(row.path(member)), widest))
                .toList()));
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

    private static String cut(String text, int widest) {
        return text.length() > widest ? text.substring(0, widest - 1) + "…" : text;
    }

    /** What a page says of the one that follows. */
    static String more(JsonNode page) {
        return page.hasNonNull("next") ? "\nmore: --after=" + Plain.line(page.path("next")) + "\n" : "";
    }

    /** One object: a line for each of these members, with nothing cut. */
    static String lines(JsonNode object, String... members) {
        int width = List.of(members).stream().mapToInt(String::length).max().orElse(0);
        return List.of(members).stream()
                .map(member ->
                        ("%-" + width + "s  %s%n").formatted(member.replace('_', ' '), Plain.line(object.path(member))))
                .collect(Collectors.joining());
    }
}
