package io.orderflow.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Strimzi cannot change in place is said where one would change it, and has a page. */
class ChangesTest {

    private static final Path PAGE = Path.of("../docs/kafka-changes.md");

    @Test
    void eachValueSaysSoAndThePageKnowsIt() throws IOException {
        var page = Files.readString(PAGE);
        var descriptions = new Values(Chart.ROOT)
                .leaves().stream().collect(Collectors.toMap(Values.Value::path, Values.Value::description));
        assertThat(Stream.of("kafka.nodePools", "kafka.brokers", "kafka.replicas", "kafka.controllers.replicas"))
                .allSatisfy(value -> {
                    assertThat(page).contains("`" + value + "`");
                    assertThat(descriptions.get(value)).contains("docs/kafka-changes.md");
                });
        assertThat(page).contains("`kafka.partitions`", "`kafka.storage.size`");
    }

    @ParameterizedTest
    @CsvSource({
        "DEFAULT,          who votes (kafka.brokers)",
        "PRODUCTION,       who votes (kafka.controllers.replicas)",
        "EXISTING_CLUSTER, ''",
        "EXTERNAL_KAFKA,   ''",
    })
    void theNotesOfAnUpgradeSaySoWhereTheClusterIsOurs(Installation installation, String said) throws IOException {
        var chart = Chart.copy().with("templates/_kafka.tpl", "and .Release.IsUpgrade", "and true");
        Files.writeString(
                chart.folder().resolve("templates/notes.yaml"),
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: notes}\ndata:\n  notes: |\n"
                        + "{{ include \"orderflow.kafka.notes\" . | indent 4 }}\n");
        var notes = installation
                .renderedBy(chart)
                .one("ConfigMap", "notes")
                .at("/data/notes")
                .asText();
        if (said.isEmpty()) {
            assertThat(notes).isBlank();
        } else {
            assertThat(notes).contains(said, "docs/kafka-changes.md");
        }
        assertThat(Files.readString(Chart.SOURCE.resolve("templates/NOTES.txt")))
                .contains("include \"orderflow.kafka.notes\"");
    }
}
