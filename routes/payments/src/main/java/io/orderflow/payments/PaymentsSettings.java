package io.orderflow.payments;

import io.orderflow.outside.OutsideSettings;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;

/**
 * The settings of payments, {@code orderflow.payments.*}.
 *
 * @param provider which adapter speaks to the provider: {@code simulated} in this process, or {@code http}
 * @param refundAttempts how often a refund is tried, with a growing pause, before it becomes an alarm
 * @param refundPause how long a refund that keeps failing waits before each further attempt, from then on
 * @param retention how long a finished payment is kept; longer than any event of its order can still arrive, or a late
 *     one would be taken for a new order's; the provider remembers keys as long
 * @param http how the provider is called if it is somewhere else
 */
@ConfigurationProperties(prefix = "orderflow.payments", ignoreUnknownFields = false)
record PaymentsSettings(
        @DefaultValue("simulated") String provider,
        @DefaultValue("10") int refundAttempts,
        @DefaultValue("5m") Duration refundPause,
        @DefaultValue("400d") Duration retention,
        @DefaultValue OutsideSettings http) {

    PaymentsSettings {
        if (!provider.matches("simulated|http")) {
            throw refused("provider", provider, "simulated or http");
        }
        if (refundAttempts < 1) {
            throw refused("refund-attempts", refundAttempts, ">= 1");
        }
        if (!refundPause.isPositive()) {
            throw refused("refund-pause", refundPause, "more than nothing");
        }
    }

    /** As a process has them that is no payments service and only prepares its database. */
    static PaymentsSettings in(Environment settings) {
        return Binder.get(settings).bindOrCreate("orderflow.payments", PaymentsSettings.class);
    }

    boolean isSimulated() {
        return provider.equals("simulated");
    }

    private static IllegalArgumentException refused(String name, Object value, String expected) {
        return new IllegalArgumentException(
                "orderflow.payments." + name + ": " + value + " (expected: " + expected + ")");
    }
}
