package io.orderflow.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.messaging.fixture.Remembering;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NotificationsSettingsTest {

    private final NotificationsSettings settings = Settings.of(25);

    @Test
    void aMemoryShorterThanTheInboxIsRefused() {
        var module = new NotificationsModule();

        assertThat(module.finishedMails(settings, new Remembering(Duration.ofDays(90)))
                        .age())
                .isEqualTo(Duration.ofDays(90));
        assertThatThrownBy(() -> module.finishedMails(settings, new Remembering(Duration.ofDays(91))))
                .hasMessageStartingWith("orderflow.notifications.retention: PT2160H (expected: >= PT2184H");
    }

    @Test
    void whatIsParkedIsNotKeptForLongerThanNamesAndAddresses() {
        var module = new NotificationsModule();

        assertThat(module.oldRecipients(settings, new Remembering(Duration.ofDays(90)))
                        .age())
                .isEqualTo(Duration.ofDays(91));
        assertThatThrownBy(() -> module.oldRecipients(settings, new Remembering(Duration.ofDays(91))))
                .hasMessageContaining("(expected: >= PT2184H, orderflow.messaging.parked-retention)");
    }
}
