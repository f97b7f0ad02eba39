package io.orderflow.inventory;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Inventory's settings, {@code orderflow.inventory.*}.
 *
 * @param reservationRetention how long sold, released and rejected reservations are remembered; longer than any event
 *     of their order can still arrive, or a late one would be taken for a new order's
 * @param keyRetention how long a delivery that is reported again is recognised
 */
@ConfigurationProperties(prefix = "orderflow.inventory", ignoreUnknownFields = false)
record InventorySettings(
        @DefaultValue("90d") Duration reservationRetention,
        @DefaultValue("7d") Duration keyRetention) {

    private static final Duration SHORTEST_KEY_RETENTION = Duration.ofDays(1);

    InventorySettings {
        atLeast("key-retention", keyRetention, SHORTEST_KEY_RETENTION);
    }

    private static void atLeast(String name, Duration value, Duration least) {
        if (value.compareTo(least) < 0) {
            throw new IllegalArgumentException(
                    "orderflow.inventory." + name + ": " + value + " (expected: >= " + least + ")");
        }
    }
}
