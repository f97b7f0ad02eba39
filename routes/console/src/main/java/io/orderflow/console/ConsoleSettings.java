package io.orderflow.console;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Console's settings, {@code orderflow.console.*}.
 *
 * @param retention how long a story is kept after the last that was said of it; longer than any event of its order can
 *     still arrive
 */
@ConfigurationProperties(prefix = "orderflow.console", ignoreUnknownFields = false)
record ConsoleSettings(@DefaultValue("90d") Duration retention) {}
