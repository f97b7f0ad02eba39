package io.orderflow.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is committed is what the schema and the templates give. */
class RenderedTest {

    private static final String MEND = "mend it with: make render";

    @Test
    void theValuesFileAndTheTableOfTheReadmeAreTheSchemas() throws IOException {
        assertCommitted(Values.files(Chart.SOURCE));
    }

    @Test
    void theCommittedInstallationsAreTheTemplates() throws IOException {
        assertCommitted(Rendered.manifests());
    }

    private static void assertCommitted(Map<Path, String> files) throws IOException {
        Map<Path, String> committed = new HashMap<>();
        for (var file : files.keySet()) {
            committed.put(file, Files.readString(Chart.SOURCE.resolve(file)));
        }
        assertThat(committed).as(MEND).containsExactlyInAnyOrderEntriesOf(files);
    }
}
