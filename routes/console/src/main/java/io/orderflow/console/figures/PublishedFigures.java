package io.orderflow.console.figures;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Figures of a process, out of the text that it publishes in Prometheus' format. What is not a number is left out. */
public final class PublishedFigures {

    /** Of a process of which nothing is known. */
    public static final PublishedFigures NONE = new PublishedFigures(List.of());

    private static final Pattern LINE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? ([^ ]+)(?: -?[0-9]+)?");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final List<Figure> all;

    private PublishedFigures(List<Figure> all) {
        this.all = List.copyOf(all);
    }

    /** One of them. */
    public record Figure(String name, Map<String, String> labels, double value) {

        /** Empty where it has no such label. */
        public String label(String name) {
            return labels.getOrDefault(name, "");
        }
    }

    /** @param wanted the beginnings of the names that are kept: a process publishes far more than anybody looks at */
    static PublishedFigures in(byte[] text, List<String> wanted) {
        List<Figure> all = new ArrayList<>();
        new String(text, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> wanted.stream().anyMatch(line::startsWith))
                .forEach(line -> {
                    var parts = LINE.matcher(line);
                    if (parts.matches()) {
                        add(all, parts.group(1), parts.group(2), parts.group(3));
                    }
                });
        return new PublishedFigures(all);
    }

    private static void add(List<Figure> all, String name, String labels, String number) {
        try {
            double value = Double.parseDouble(number);
            if (Double.isFinite(value)) {
                all.add(new Figure(name, labels(labels), value));
            }
        } catch (NumberFormatException e) {
            // +Inf and the like: nobody knows.
        }
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new HashMap<>();
        var found = LABEL.matcher(text == null ? "" : text);
        while (found.find()) {
            labels.put(found.group(1), found.group(2).replaceAll("\\\\(.)", "$1"));
        }
        return labels;
    }

    /** Those of a name. */
    public Stream<Figure> of(String name) {
        return all.stream().filter(one -> one.name().equals(name));
    }

    /** Those of a name that are about a role. */
    public Stream<Figure> of(String name, String role) {
        return of(name).filter(one -> one.label("role").equals(role));
    }

    /** The greatest of some; empty where there is none. */
    public static OptionalDouble greatest(Stream<Figure> some) {
        return some.mapToDouble(Figure::value).max();
    }

    /** All of some together; empty where there is none. */
    public static OptionalDouble total(Stream<Figure> some) {
        return some.mapToDouble(Figure::value).reduce(Double::sum);
    }
}
