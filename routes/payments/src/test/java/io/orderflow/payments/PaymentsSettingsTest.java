package io.orderflow.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.messaging.fixture.Remembering;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaymentsSettingsTest {

    private static final Duration PAUSE = Duration.ofMinutes(5);
    private static final Duration RETENTION = Duration.ofDays(30);

    @Test
    void namesTheSettingThatIsWrong() {
        assertThatThrownBy(() -> new PaymentsSettings("bank", 10, PAUSE, RETENTION, null))
                .hasMessage("orderflow.payments.provider: bank (expected: simulated or http)");
        assertThatThrownBy(() -> new PaymentsSettings("simulated", 0, PAUSE, RETENTION, null))
                .hasMessage("orderflow.payments.refund-attempts: 0 (expected: >= 1)");
        assertThatThrownBy(() -> new PaymentsSettings("simulated", 10, Duration.ZERO, RETENTION, null))
                .hasMessage("orderflow.payments.refund-pause: PT0S (expected: more than nothing)");
    }

    @Test
    void refusesToForgetPaymentsBeforeTheInboxForgetsTheirEvents() {
        var settings = new PaymentsSettings("simulated", 10, PAUSE, RETENTION, null);

        var module = new PaymentsModule();

        assertThat(module.finishedPayments(settings, new Remembering(RETENTION)).age())
                .isEqualTo(RETENTION);
        assertThatThrownBy(() -> module.finishedPayments(settings, new Remembering(RETENTION.plusDays(1))))
                .hasMessageStartingWith("orderflow.payments.retention: PT720H (expected: >= PT744H");
    }
}
