package io.orderflow.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class NotificationsSettingsTest {

    private final NotificationsSettings settings = Settings.of(25);

    @Test
    void aMemoryShorterThanTheInboxIsRefused() {
        assertThat(settings.remembering(Duration.ofDays(90))).isSameAs(settings);
        assertThatThrownBy(() -> settings.remembering(Duration.ofDays(91)))
                .hasMessage("orderflow.notifications.retention: PT2160H (expected: >= PT2184H)");
    }
}
