package io.orderflow.http.edge;

import io.orderflow.messaging.Backlogs;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The edge's settings, {@code orderflow.http.*}. Limits that clients rely on (64 KiB of body, 32 levels of nesting, 100
 * rows a page) are no settings: they are the API.
 *
 * @param headDeadline how long a request's line and headers may take from their first byte to their last; a slower
 *     sender is cut off
 * @param bodyDeadline how long a request's body may take from its first byte to its last; a slower sender is cut off
 * @param answerDeadline how long an answer may take from its first byte to its last; a slower reader is cut off
 * @param maxConnections how many connections are open at once on each port; a newcomer takes the place of the one that
 *     has waited longest, and waits only while a request is under way on each of them; at least 16
 * @param headerTimeout how long nothing may arrive while a request's headers or body are read, and nothing be taken of
 *     its answer
 * @param keepAlive how long a connection may be idle between requests
 * @param drain how long requests are still served after a SIGTERM, until load balancers have noticed
 * @param requestsPerSecond how many requests a caller may send a second, its reads and all others counted apart; 0 for
 *     any number
 * @param burst how many of them the caller may send at once
 * @param requestsUnderWay how many of a caller's requests may be under way at once, each until its answer is read; 0
 *     for any number
 * @param waits how many requests may wait at once for what becomes of something, streams among them; 0 for none, and
 *     never more than half of {@code maxConnections}. One more is answered at once
 * @param waitsOfACaller how many of one caller
 * @param longestWait how long a request may wait because its client prefers to, in whole seconds
 * @param longestStream how long a stream of events goes on before its reader has to come again
 * @param heartbeat after how long a stream that has nothing to tell says so
 * @param intakeMaxEvents how many events of a service may wait for the broker before the service takes in no more
 * @param intakeMaxAge how long an event that other services answer may wait for the broker before the service takes in
 *     no more
 * @param origins the web sites whose pages may call, each as {@code https://shop.example}; none by default
 */
@ConfigurationProperties(prefix = "orderflow.http", ignoreUnknownFields = false)
record HttpSettings(
        @DefaultValue("10s") Duration headDeadline,
        @DefaultValue("10s") Duration bodyDeadline,
        @DefaultValue("30s") Duration answerDeadline,
        @DefaultValue("4096") int maxConnections,
        @DefaultValue("5s") Duration headerTimeout,
        @DefaultValue("30s") Duration keepAlive,
        @DefaultValue("0s") Duration drain,
        @DefaultValue("50") int requestsPerSecond,
        @DefaultValue("100") int burst,
        @DefaultValue("100") int requestsUnderWay,
        @DefaultValue("1000") int waits,
        @DefaultValue("100") int waitsOfACaller,
        @DefaultValue("30s") Duration longestWait,
        @DefaultValue("5m") Duration longestStream,
        @DefaultValue("15s") Duration heartbeat,
        @DefaultValue("50000") int intakeMaxEvents,
        @DefaultValue("10m") Duration intakeMaxAge,
        @DefaultValue List<String> origins) {

    private static final Pattern ORIGIN = Pattern.compile("https?://[a-z0-9.-]+(:[0-9]{1,5})?");

    /** What Spring gives each step of a shutdown, less a margin. */
    private static final Duration LONGEST_DRAIN = Duration.ofSeconds(25);

    /** Longer ones are cut by whatever stands between, and a stream is better for them. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

    /** One place is kept free for a newcomer; with very few no idle connection would ever be kept. */
    private static final int LEAST_CONNECTIONS = 16;

    HttpSettings {
        positive("head-deadline", headDeadline);
        positive("body-deadline", bodyDeadline);
        positive("answer-deadline", answerDeadline);
        positive("header-timeout", headerTimeout);
        positive("keep-alive", keepAlive);
        if (drain.isNegative() || drain.compareTo(LONGEST_DRAIN) > 0) {
            throw new IllegalArgumentException(
                    "orderflow.http.drain: " + drain + " (expected: 0 to " + LONGEST_DRAIN + ")");
        }
        positive("longest-stream", longestStream);
        positive("heartbeat", heartbeat);
        positive("intake-max-age", intakeMaxAge);
        if (longestWait.compareTo(Duration.ofSeconds(1)) < 0 || longestWait.compareTo(LONGEST_WAIT) > 0) {
            throw new IllegalArgumentException(
                    "orderflow.http.longest-wait: " + longestWait + " (expected: PT1S to " + LONGEST_WAIT + ")");
        }
        for (var origin : origins) {
            if (!ORIGIN.matcher(origin).matches()) {
                throw new IllegalArgumentException(
                        "orderflow.http.origins: " + origin + " (expected: as https://shop.example)");
            }
        }
        within("max-connections", maxConnections, LEAST_CONNECTIONS, Integer.MAX_VALUE);
        within("requests-per-second", requestsPerSecond, 0, 1_000_000);
        within("burst", burst, 1, 1_000_000);
        within("requests-under-way", requestsUnderWay, 0, 1_000_000);
        within("waits", waits, 0, 1_000_000);
        within("waits-of-a-caller", waitsOfACaller, 1, 1_000_000);
        within("intake-max-events", intakeMaxEvents, 1, Backlogs.COUNTED - 1);
    }

    private static void within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(
                    "orderflow.http." + name + ": " + value + " (expected: " + least + " to " + most + ")");
        }
    }

    private static void positive(String name, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException("orderflow.http." + name + ": " + value + " (expected: more than 0)");
        }
    }
}
