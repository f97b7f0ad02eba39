package io.orderflow.payments;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of payments, {@code orderflow.payments.*}.
 *
 * @param provider which adapter speaks to the provider: {@code simulated}
 * @param refundAttempts how often a refund is tried before it becomes an alarm
 * @param refundPause how long a refund that keeps failing waits between rounds, from then on
 * @param retention how long a finished payment is kept
 */
@ConfigurationProperties("orderflow.payments")
record PaymentsSettings(
        @DefaultValue("simulated") String provider,
        @DefaultValue("10") int refundAttempts,
        @DefaultValue("5m") Duration refundPause,
        @DefaultValue("400d") Duration retention) {

    PaymentsSettings {
        if (!provider.equals("simulated")) {
            throw new IllegalArgumentException("orderflow.payments.provider: " + provider + " (expected: simulated)");
        }
        if (refundAttempts < 1) {
            throw new IllegalArgumentException(
                    "orderflow.payments.refund-attempts: " + refundAttempts + " (expected: >= 1)");
        }
    }
}
