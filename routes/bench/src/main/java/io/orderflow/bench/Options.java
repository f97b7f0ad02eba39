package io.orderflow.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What the command line says.
 *
 * @param folder for data and logs
 * @param peers into which those were built that are none of ours; a quick run has none
 * @param warm how long each contestant may warm up
 * @param only who takes part; empty for everybody
 * @param settings more settings of our own services
 */
record Options(Path folder, Path peers, Duration warm, List<String> only, List<String> settings) {

    static Options of(String... arguments) {
        return new Options(
                Path.of(arguments[0]).toAbsolutePath(),
                Path.of("none"),
                Duration.ofSeconds(Long.parseLong(arguments[1])),
                words(arguments[2]),
                words(arguments[3]));
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split("[ ,]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
