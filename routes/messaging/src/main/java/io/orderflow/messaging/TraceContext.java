package io.orderflow.messaging;

import java.util.regex.Pattern;
import org.apache.camel.Exchange;

/**
 * The W3C trace context ({@code traceparent}) of what is going on: from the request or the record that began it,
 * through flows and workers, to the events that are said. It travels beside a message and never in its headers; one
 * that has not the right form is as good as none.
 */
public final class TraceContext {

    /** The header's name, in HTTP and in Kafka. */
    public static final String HEADER = "traceparent";

    private static final String PROPERTY = "OrderflowTrace";
    private static final Pattern FORM = Pattern.compile("00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private TraceContext() {}

    /** What this exchange causes belongs to this trace; null for none. */
    public static void attach(Exchange exchange, String traceparent) {
        exchange.setProperty(PROPERTY, valid(traceparent));
    }

    public static String of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, String.class);
    }

    public static String valid(String traceparent) {
        return traceparent != null && FORM.matcher(traceparent).matches() ? traceparent : null;
    }
}
