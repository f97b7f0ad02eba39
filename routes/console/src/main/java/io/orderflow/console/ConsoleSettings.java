package io.orderflow.console;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Console's settings, {@code orderflow.console.*}.
 *
 * @param retention how long a story is kept after the last that was said of it; longer than any event of its order can
 *     still arrive
 * @param roles where other roles' operators' ports are, by their names, as {@code http://payments.example:8081}; a role
 *     of this process needs none
 * @param figures where other roles publish their figures, by their names, as {@code
 *     http://payments.example:9876/observe/metrics}
 * @param stuckAfter for how long an order may wait before it is shown as stuck
 */
@ConfigurationProperties(prefix = "orderflow.console", ignoreUnknownFields = false)
record ConsoleSettings(
        @DefaultValue("90d") Duration retention,
        @DefaultValue Map<String, URI> roles,
        @DefaultValue Map<String, URI> figures,
        @DefaultValue("10m") Duration stuckAfter) {

    ConsoleSettings {
        if (stuckAfter.toSeconds() < 1) {
            throw new IllegalArgumentException(
                    "orderflow.console.stuck-after: " + stuckAfter + " (expected: one second or more)");
        }
    }
}
