package io.orderflow.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/**
 * Tables of what the chart refuses, a line each: an installation, values after its own, and what the refusal says. The
 * templates that refuse have a line for each message.
 */
final class Refusals {

    private static final Pattern MESSAGE =
            Pattern.compile("^[^ {].*?\\(expected: [^{)]+|^\\{\\{ .*?\\(expected: [^{)]+");

    private Refusals() {}

    static Stream<Arguments> in(String table) {
        return table.lines()
                .map(line -> line.split("\\s+\\|\\s+"))
                .map(parts -> Arguments.of(Installation.valueOf(parts[0]), parts[1], parts[2]));
    }

    /** Every message of a template is tried in a table. */
    static void areAllIn(String template, String table) throws IOException {
        var messages = expected(Files.readAllLines(Chart.SOURCE.resolve("templates/" + template)));
        assertThat(messages).isNotEmpty().allSatisfy(message -> assertThat(table)
                .contains(message));
    }

    private static List<String> expected(List<String> lines) {
        return lines.stream()
                .map(MESSAGE::matcher)
                .filter(Matcher::find)
                .map(message -> message.group().substring(message.group().indexOf("(expected: ")))
                .toList();
    }
}
