package io.orderflow.http.ops;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The operators' settings, {@code orderflow.ops.*}.
 *
 * @param port where {@code /ops} is served, on the address of the public port; 0 for any that is free
 */
@ConfigurationProperties(prefix = "orderflow.ops", ignoreUnknownFields = false)
record OpsSettings(@DefaultValue("8081") int port) {

    private static final int LARGEST_PORT = 65_535;

    OpsSettings {
        if (port < 0 || port > LARGEST_PORT) {
            throw new IllegalArgumentException(
                    "orderflow.ops.port: " + port + " (expected: 0 to " + LARGEST_PORT + ")");
        }
    }
}
