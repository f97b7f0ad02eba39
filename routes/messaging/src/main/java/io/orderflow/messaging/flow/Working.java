package io.orderflow.messaging.flow;

import java.time.Duration;

/**
 * How the workers of one channel work.
 *
 * @param atOnce how many pieces of work are under way at once
 * @param lease how long a piece of work stays with a worker that has died
 * @param patience how long giving work back waits for infrastructure that is away
 */
public record Working(int atOnce, Duration lease, Duration patience) {}
