package io.orderflow.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the command line says: a kind of run, and {@code --name=value} as often as wanted. */
record Options(String kind, Map<String, String> values) {

    static Options of(String... arguments) {
        Map<String, String> values = new HashMap<>();
        Arrays.stream(arguments).skip(1).forEach(argument -> {
            var parts = argument.split("=", 2);
            if (parts.length < 2 || !parts[0].startsWith("--")) {
                throw new IllegalArgumentException(argument + " (expected: --name=value)");
            }
            values.put(parts[0].substring(2), parts[1]);
        });
        return new Options(arguments[0], values);
    }

    /** For data and logs. */
    Path folder() {
        return Path.of(values.get("folder")).toAbsolutePath();
    }

    /** Into which those were built that are none of ours. */
    Path peers() {
        return Path.of(values.getOrDefault("peers", "none")).toAbsolutePath();
    }

    /** Where the report goes. */
    Path report() {
        return Path.of(values.get("report")).toAbsolutePath();
    }

    /** How long each contestant may warm up. */
    Duration warm() {
        return Duration.ofSeconds(number("warm"));
    }

    int number(String name) {
        return Integer.parseInt(values.get(name));
    }

    /** Who takes part; empty for everybody. */
    List<String> only() {
        return words("only");
    }

    /** More settings of our own services. */
    List<String> settings() {
        return words("ours");
    }

    private List<String> words(String name) {
        return Arrays.stream(values.getOrDefault(name, "").split("[ ,]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
