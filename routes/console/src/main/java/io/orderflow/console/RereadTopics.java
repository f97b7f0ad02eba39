package io.orderflow.console;

import io.orderflow.messaging.Work;
import java.util.UUID;

/**
 * The request to read all topics again; begun anew where its worker has died, for it may be done any number of times.
 *
 * @param orderId of no order: the rebuild's id
 */
record RereadTopics(UUID orderId) implements Work {}
