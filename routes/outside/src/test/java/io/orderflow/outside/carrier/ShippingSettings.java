package io.orderflow.outside.carrier;

import io.orderflow.outside.OutsideSettings;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of shipping, {@code orderflow.shipping.*}.
 *
 * @param http how the carrier is called
 */
@ConfigurationProperties(prefix = "orderflow.shipping", ignoreUnknownFields = false)
record ShippingSettings(@DefaultValue OutsideSettings http) {}
