package io.orderflow.e2e.loyalty;

import io.orderflow.contracts.Event;
import java.time.Instant;
import java.util.UUID;

/** An order has earned its customer points. */
public record PointsGranted(UUID orderId, Instant occurredAt, int points) implements Event {}
