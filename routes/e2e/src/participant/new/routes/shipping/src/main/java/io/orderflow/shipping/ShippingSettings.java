package io.orderflow.shipping;

import io.orderflow.outside.OutsideSettings;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of shipping, {@code orderflow.shipping.*}.
 *
 * @param carrier who takes the parcels: {@code simulated} in this process, or {@code http}
 * @param retention how long a sent parcel is kept; longer than any event of its order can still arrive, or a late one
 *     would have it sent once more
 * @param http how the carrier is called if it is somewhere else
 */
@ConfigurationProperties(prefix = "orderflow.shipping", ignoreUnknownFields = false)
record ShippingSettings(
        @DefaultValue("simulated") String carrier,
        @DefaultValue("400d") Duration retention,
        @DefaultValue OutsideSettings http) {

    ShippingSettings {
        if (!carrier.matches("simulated|http")) {
            throw new IllegalArgumentException(
                    "orderflow.shipping.carrier: " + carrier + " (expected: simulated or http)");
        }
    }
}
