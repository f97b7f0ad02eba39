package io.orderflow.outside.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The code that the package's description shows is the code that runs in {@link CarrierTest}. */
class ExampleTest {

    @Test
    void theDescriptionShowsTheServiceThatRuns() throws IOException {
        String service;
        try (var files = Files.list(Path.of("src/test/java/io/orderflow/outside/carrier"))) {
            service = files.map(ExampleTest::dense).collect(Collectors.joining());
        }
        var description = Files.readString(Path.of("src/main/java/io/orderflow/outside/package-info.java"));
        var shown = Pattern.compile("(?s)<pre>\\{@code(.*?)\\}</pre>")
                .matcher(description.replaceAll("(?m)^ \\*", ""))
                .results()
                .flatMap(block -> Pattern.compile("\\n\\s*\\n").splitAsStream(block.group(1)))
                .map(part -> part.replaceAll("\\s+", ""))
                .toList();

        assertThat(shown).hasSize(5).allSatisfy(part -> assertThat(service).contains(part));
    }

    private static String dense(Path file) {
        try {
            return Files.readString(file).replaceAll("\\s+", "");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
