package io.orderflow.messaging.tables;

import io.orderflow.contracts.Channel;
import io.orderflow.contracts.Event;

/**
 * An event that a transaction has decided to say, on its way to the outbox.
 *
 * @param traceparent the W3C trace context of the message that caused it, or null
 */
public record Announced(Channel channel, Event event, String traceparent) {}
