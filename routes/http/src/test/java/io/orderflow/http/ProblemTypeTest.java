package io.orderflow.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The kinds of problem are part of the API, so that each is written down, and nothing else is. */
class ProblemTypeTest {

    @Test
    void eachKindIsDocumentedAsItIs() throws IOException {
        var rows = Files.readAllLines(Path.of("../../docs/problems.md")).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> List.of(line.split("\\s*\\|\\s*")))
                .toList();

        assertThat(rows)
                .extracting(cells -> cells.get(1) + " " + cells.get(2) + " " + cells.get(3))
                .containsExactlyElementsOf(Arrays.stream(ProblemType.values())
                        .map(type -> "`" + type.uri() + "` " + type.status() + " " + type.title())
                        .toList());
        assertThat(rows)
                .allSatisfy(cells -> assertThat(cells.get(4)).as("what to do").isNotBlank());
    }

    @Test
    void aStatusWithoutAKindIsTheClientsFaultOrOurs() {
        assertThat(ProblemType.of(418)).isEqualTo(ProblemType.MALFORMED_REQUEST);
        assertThat(ProblemType.of(502)).isEqualTo(ProblemType.INTERNAL_ERROR);
    }
}
