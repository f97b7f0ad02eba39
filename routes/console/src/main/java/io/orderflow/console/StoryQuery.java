package io.orderflow.console;

import io.orderflow.http.Request;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;

/**
 * Which stories a request asks for. What is null is not asked about.
 *
 * @param trace 32 hexadecimal digits
 * @param waitsFor a service that owes something; the one that has waited for the longest comes first
 * @param stuck only those that have waited for this long; the one that has waited for the longest comes first
 */
record StoryQuery(
        UUID order,
        UUID event,
        String trace,
        Story.State state,
        String waitsFor,
        Duration minAge,
        Duration maxAge,
        Duration stuck) {

    static final Pattern TRACE = Pattern.compile("[0-9a-f]{32}");

    /** Those that can owe an order something; each has an index. */
    static final Pattern SERVICE = Pattern.compile("inventory|orders|payments");

    static StoryQuery of(Exchange exchange) {
        return new StoryQuery(
                Request.queryUuid(exchange, "order").orElse(null),
                Request.queryUuid(exchange, "event").orElse(null),
                Request.query(exchange, "trace", TRACE, "32 hexadecimal digits in lower case")
                        .orElse(null),
                Request.query(exchange, "state", Story.State.class).orElse(null),
                Request.query(exchange, "waits_for", SERVICE, "inventory, orders or payments")
                        .orElse(null),
                Request.queryAge(exchange, "min_age").orElse(null),
                Request.queryAge(exchange, "max_age").orElse(null),
                Request.queryAge(exchange, "stuck").orElse(null));
    }
}
