package io.orderflow.orders;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Orders' settings, {@code orderflow.orders.*}.
 *
 * @param deadline how long an order waits for its answers before it is cancelled
 * @param unsettledAfter how long the answers to a cancellation may take before the operator is told
 * @param orderRetention how long finished orders are kept; longer than any event of theirs can still arrive
 * @param contactRetention how long after an order is settled its customer can be written to; then the name and the
 *     address are erased wherever they are kept. Longer than any event can still arrive, for that may be worth a mail
 * @param keyRetention how long an order that is placed again is recognised
 */
@ConfigurationProperties(prefix = "orderflow.orders", ignoreUnknownFields = false)
record OrdersSettings(
        @DefaultValue("15m") Duration deadline,
        @DefaultValue("5m") Duration unsettledAfter,
        @DefaultValue("90d") Duration orderRetention,
        @DefaultValue("30d") Duration contactRetention,
        @DefaultValue("7d") Duration keyRetention) {

    OrdersSettings {
        atLeast("deadline", deadline, Duration.ofSeconds(1));
        atLeast("unsettled-after", unsettledAfter, Duration.ofSeconds(1));
        atLeast("key-retention", keyRetention, Duration.ofDays(1));
        atLeast("order-retention", orderRetention, keyRetention);
        atLeast("order-retention", orderRetention, contactRetention);
    }

    private static void atLeast(String name, Duration value, Duration least) {
        if (value.compareTo(least) < 0) {
            throw new IllegalArgumentException(
                    "orderflow.orders." + name + ": " + value + " (expected: >= " + least + ")");
        }
    }
}
