package io.orderflow.messaging;

import io.orderflow.contracts.Channel;
import io.orderflow.contracts.Role;

/**
 * What stands behind the colon of {@code transaction:}, {@code outbox:} and {@code work:}: a role, and a name that only
 * this role uses. A flow, the adapter that feeds it and the adapter's route get their names here and nowhere else, so
 * that they meet.
 *
 * @param name lower-case words joined by {@code -}, or a topic
 */
public record EndpointName(Role role, String name) {

    /** The flow that handles a channel's events for a role: {@code payments.order-events}. */
    public static EndpointName hearing(Role role, Channel channel) {
        return new EndpointName(role, channel.topic().replace('_', '-'));
    }

    /**
     * Reads {@code <role>.<name>}.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    public static EndpointName of(String text) {
        int dot = text.indexOf('.');
        if (dot < 1) {
            throw new IllegalArgumentException("endpoint: " + text + " (expected: <role>.<name>)");
        }
        return new EndpointName(new Role(text.substring(0, dot)), text.substring(dot + 1));
    }

    /** The id of the route that brings records from Kafka to this flow. */
    public String adapterRoute() {
        return this + ".adapter";
    }

    @Override
    public String toString() {
        return role + "." + name;
    }
}
