package io.orderflow.messaging.model;

import java.time.Duration;
import java.util.List;

/**
 * How closely a model looks.
 *
 * @param batch how many records a consumer takes at once, at most
 * @param instances how many instances each service has
 * @param erasesAtOnce whether an acknowledged event leaves the outbox in the same step
 * @param times how long it may take until the next step, besides no time at all
 */
public record Scope(int batch, int instances, boolean erasesAtOnce, List<Duration> times) {}
