package io.orderflow.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The chart as Helm sees it. */
class ChartTest {

    private static final Chart CHART = Chart.copy();

    @Test
    void itIsCleanForHelmsOwnLinter() {
        assertThat(CHART.lint()).isEmpty();
    }

    @Test
    void withoutWhatHasNoDefaultItSaysAllThatIsMissing() {
        assertThatThrownBy(CHART::render)
                .hasMessageContainingAll(Stream.of(
                                "identity.issuer: missing",
                                "identity.audience: missing",
                                "identity.keys: one of two",
                                "postgresql.external.databases.orders.host: missing",
                                "postgresql.external.databases.payments.existingSecret: missing",
                                "postgresql.external.databases.inventory.migratorSecret: missing",
                                "postgresql.external.caSecret.name: missing",
                                "payments.provider: missing",
                                "smtp.host: missing",
                                "smtp.sender: missing")
                        .toArray(CharSequence[]::new));
    }
}
