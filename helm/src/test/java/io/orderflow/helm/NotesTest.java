package io.orderflow.helm;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What Helm says after an installation is true of that installation. */
class NotesTest {

    @ParameterizedTest
    @EnumSource
    void theyAreWhole(Installation installation) {
        assertThat(Notes.of(installation))
                .doesNotContain("<no value>", "\n\n\n")
                .contains("kubectl -n " + Chart.NAMESPACE);
    }

    @Test
    void eachTellsWhatIsParticularToIt() {
        assertThat(Notes.of(Installation.SMALL))
                .contains(
                        "WARNING: whoever reaches orders may do everything",
                        "not for production",
                        "No money moves",
                        "No mail leaves",
                        "delete persistentvolumeclaims -l strimzi.io/cluster=orderflow",
                        "Strimzi's definitions are not upgraded");
        assertThat(Notes.of(Installation.PRODUCTION))
                .contains("https://shop.example.com/orders", "disks, the cluster and the topics")
                .doesNotContain(
                        "WARNING", "not for production", "No money", "No mail", "Strimzi's definitions", "delete");
        assertThat(Notes.of(Installation.EXTERNAL_KAFKA))
                .contains("The brokers are kafka-1.example.com:9094")
                .doesNotContain("kafka/", "Uninstalling");
        assertThat(Notes.of(Installation.SMALL_WITH_CONSOLE)).contains("service/shop-orderflow-console 8081 ");
        assertThat(Notes.of(Installation.SMALL)).doesNotContain("console");
        assertThat(Notes.of(Installation.EXISTING_CLUSTER)).doesNotContain("kafka/", "Uninstalling");
    }
}
