package io.orderflow.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is committed is what the values' source, the declared services and the templates give. */
class RenderedTest {

    static final String MEND = "mend it with: make render";

    @Test
    void theValuesAreThoseOfTheirSource() throws IOException {
        assertCommitted(Rendered.values(Chart.ROOT));
    }

    @Test
    void theCommittedInstallationsAreTheTemplates() throws IOException {
        assertCommitted(Rendered.installations(Chart.copy()));
    }

    private static void assertCommitted(Map<Path, String> files) throws IOException {
        Map<Path, String> committed = new HashMap<>();
        for (var file : files.keySet()) {
            committed.put(file, Files.readString(Chart.ROOT.resolve(file)));
        }
        assertThat(committed).as(MEND).containsExactlyInAnyOrderEntriesOf(files);
    }
}
