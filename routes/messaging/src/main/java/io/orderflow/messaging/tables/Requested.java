package io.orderflow.messaging.tables;

import io.orderflow.messaging.Work;

/**
 * A request that a transaction has decided to make of a worker, on its way to the table of work.
 *
 * @param traceparent the W3C trace context of the message that caused it, or null
 */
public record Requested(Work work, String traceparent) {}
