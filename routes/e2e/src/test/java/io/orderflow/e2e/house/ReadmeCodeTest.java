package io.orderflow.e2e.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The code that the README shows is the code of a participant that runs in {@code LoyaltyTest}. */
class ReadmeCodeTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();

    @Test
    void theReadmeShowsTheParticipantThatRuns() throws IOException {
        String participant;
        try (var files = Files.list(Path.of("src/test/java/io/orderflow/e2e/loyalty"))) {
            participant =
                    files.map(ReadmeCodeTest::read).map(ReadmeCodeTest::dense).collect(Collectors.joining());
        }
        var blocks = Pattern.compile("(?ms)^```java\\n(.*?)^```$")
                .matcher(read(ROOT.resolve("README.md")))
                .results()
                .flatMap(block -> Pattern.compile("\\n\\s*\\n").splitAsStream(block.group(1)))
                .toList();

        assertThat(blocks).isNotEmpty();
        assertThat(blocks).allSatisfy(block -> assertThat(participant).as(block).contains(dense(block)));
    }

    private static String dense(String code) {
        return code.replaceAll("\\s+", "");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
