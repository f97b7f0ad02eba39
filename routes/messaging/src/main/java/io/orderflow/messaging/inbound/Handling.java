package io.orderflow.messaging.inbound;

import java.time.Duration;

/**
 * How a consumer deals with what fails.
 *
 * @param attempts how often an event that fails is tried before it is parked
 * @param patience how long it waits in place for infrastructure that is away before it gives the batch back
 * @param parkWindow over how many events of a channel the share of parked ones is looked at
 * @param parkShare the share of a window that, parked with one error, stops the consumer: above 0, at most 1
 */
public record Handling(int attempts, Duration patience, int parkWindow, double parkShare) {}
