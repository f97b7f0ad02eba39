package io.orderflow.http;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The edge's settings, {@code orderflow.http.*}. Limits that clients rely on (64 KiB of body, 32 levels of nesting, 100
 * rows a page) are no settings: they are the API.
 *
 * @param bodyDeadline how long a request's body may take from its first byte to its last; the one who dribbles is cut
 *     off
 * @param maxConnections how many connections are open at once; more wait in the operating system's queue
 * @param headerTimeout how long nothing may arrive while a request's headers or body are read
 * @param keepAlive how long a connection may be idle between requests
 */
@ConfigurationProperties(prefix = "orderflow.http", ignoreUnknownFields = false)
record HttpSettings(
        @DefaultValue("10s") Duration bodyDeadline,
        @DefaultValue("4096") int maxConnections,
        @DefaultValue("5s") Duration headerTimeout,
        @DefaultValue("30s") Duration keepAlive) {

    HttpSettings {
        positive("body-deadline", bodyDeadline);
        positive("header-timeout", headerTimeout);
        positive("keep-alive", keepAlive);
        if (maxConnections < 1) {
            throw new IllegalArgumentException(
                    "orderflow.http.max-connections: " + maxConnections + " (expected: at least 1)");
        }
    }

    private static void positive(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException("orderflow.http." + name + ": " + value + " (expected: more than 0)");
        }
    }
}
