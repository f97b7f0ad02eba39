package io.orderflow.messaging.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.messaging.fixture.Remembering;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** Settings that contradict each other, or cannot be meant, are refused. */
class MessagingSettingsTest {

    @Test
    void theInboxOutlivesTopicsTheirSegmentsAndReleases() {
        assertThat(settings(Map.of()).inboxRetention()).isEqualTo(Duration.ofDays(15));
        assertThatThrownBy(() -> settings(Map.of("inbox-retention", "14d")))
                .hasRootCauseMessage("orderflow.messaging.inbox-retention: PT336H (expected: >= PT360H)");
        assertThatThrownBy(() -> settings(Map.of("topic-segment", "7d")))
                .hasRootCauseMessage("orderflow.messaging.inbox-retention: PT360H (expected: >= PT504H)");
    }

    @Test
    void aMemoryOfOrdersOutlivesTheInbox() {
        var limits = new Remembering(Duration.ofDays(15));

        assertThat(limits.outlivingInbox("shop.memory", Duration.ofDays(15))).isEqualTo(Duration.ofDays(15));
        assertThatThrownBy(() -> limits.outlivingInbox("shop.memory", Duration.ofDays(14)))
                .hasMessage("shop.memory: PT336H (expected: >= PT360H, orderflow.messaging.inbox-retention)");
    }

    @Test
    void namesAndAddressesAreNotParkedForLongerThanTheyAreKept() {
        var limits = new Remembering(Duration.ofDays(15));

        assertThat(limits.outlivingParked("shop.names", Duration.ofDays(15))).isEqualTo(Duration.ofDays(15));
        assertThatThrownBy(() -> limits.outlivingParked("shop.names", Duration.ofDays(14)))
                .hasMessage("shop.names: PT336H (expected: >= PT360H, orderflow.messaging.parked-retention)");
    }

    @Test
    void whatIsNoAddressTakesNoSpans() {
        assertThat(settings(Map.of()).spansTo()).isEmpty();
        assertThat(settings(Map.of("spans-to", "https://collector:4318/tenant")).spansTo())
                .isEqualTo("https://collector:4318/tenant");
        assertThatThrownBy(() -> settings(Map.of("spans-to", "collector:4318")))
                .hasRootCauseMessage("orderflow.messaging.spans-to: collector:4318"
                        + " (expected: as http://localhost:4318, or nothing)");
    }

    private static MessagingSettings settings(Map<String, String> given) {
        return new Binder(new MapConfigurationPropertySource(given.entrySet().stream()
                        .collect(Collectors.toMap(one -> "orderflow.messaging." + one.getKey(), Map.Entry::getValue))))
                .bindOrCreate("orderflow.messaging", MessagingSettings.class);
    }
}
