package io.orderflow.http.ops;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rows as RFC 4180 writes them. A value that a spreadsheet would take for a formula has an apostrophe before it, for
 * part of what is exported was written by strangers.
 */
final class Csv {

    private static final String FORMULA = "[=+\\-@\t\r].*";

    private Csv() {}

    /** @param rows what is null in them is empty */
    static byte[] of(List<String> head, Stream<List<?>> rows) {
        return Stream.concat(Stream.of(head), rows)
                .map(row -> row.stream().map(Csv::value).collect(Collectors.joining(",")) + "\r\n")
                .collect(Collectors.joining())
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String value(Object value) {
        var text = value == null ? "" : value.toString();
        var safe = text.matches("(?s)" + FORMULA) ? "'" + text : text;
        return safe.matches("[^\",\r\n]*") ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }
}
