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
import org.junit.jupiter.params.provider.EnumSource;

/** What Strimzi cannot change in place is said where one would change it, and has a page. */
class ChangesTest {

    private static final Path PAGE = Path.of("../docs/kafka-changes.md");

    @Test
    void eachValueSaysSoAndThePageKnowsIt() throws IOException {
        var page = Files.readString(PAGE);
        var descriptions = new Values(Chart.ROOT)
                .leaves().stream().collect(Collectors.toMap(Values.Value::path, Values.Value::description));
        assertThat(Stream.of(
                        "kafka.nodePools",
                        "kafka.brokers",
                        "kafka.replicas",
                        "kafka.partitions",
                        "kafka.controllers.replicas",
                        "kafka.existingCluster",
                        "kafka.enabled"))
                .allSatisfy(value -> {
                    assertThat(page).contains("`" + value);
                    assertThat(descriptions.get(value)).contains("docs/kafka-changes.md");
                });
        assertThat(page).contains("`kafka.port`", "`kafka.storage.size`", "`kafka.retainOnUninstall: true`");
    }

    @ParameterizedTest
    @CsvSource({
        "DEFAULT,          who votes (kafka.brokers)",
        "DEFAULT,          is deleted with all that it knows",
        "DEFAULT,          kafka.storage",
        "DEFAULT,          kafka.partitions",
        "DEFAULT,          kafka.port",
        "PRODUCTION,       who votes (kafka.controllers.replicas)",
        "PRODUCTION,       'is kept, and nobody looks after it'",
        "EXISTING_CLUSTER, '(kafka.existingCluster), the old one is deleted'",
        "EXTERNAL_KAFKA,   '(kafka.enabled: false), the old one is deleted'",
    })
    void theNotesOfAnUpgradeSaySoAndThoseOfAnInstallationDoNot(Installation installation, String said) {
        assertThat(Notes.ofAnUpgradeOf(installation)).contains(said, "docs/kafka-changes.md");
        assertThat(Notes.of(installation)).doesNotContain(said, "docs/kafka-changes.md");
    }

    @ParameterizedTest
    @EnumSource
    void theNotesOfAnUpgradeLeadToTheWayToTurnScalingOn(Installation installation) {
        assertThat(Notes.ofAnUpgradeOf(installation))
                .contains("Turning autoscaling on", "docs/scaling.md")
                .doesNotContain("\n\n\n");
        assertThat(Notes.of(installation)).doesNotContain("docs/scaling.md");
    }
}
