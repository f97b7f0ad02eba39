package io.orderflow.messaging.tables;

import io.orderflow.contracts.Event;
import java.util.UUID;

/**
 * An event as it travels: with the identity that makes it recognisable and its place among the events that its writer
 * says about the order.
 *
 * @param eventId the same on every delivery of the event
 * @param sequence counts per writer and order, from 1
 */
public record Envelope(UUID eventId, long sequence, Event event) {}
