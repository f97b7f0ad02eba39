package io.orderflow.messaging.flow;

import java.time.Duration;

/**
 * How the workers of one channel work.
 *
 * @param atOnce how many pieces of work are under way at once, the slow ones aside
 * @param slowAtOnce how many more may be under way that are slow
 * @param slowAfter when a piece of work is slow and leaves its place to the next
 * @param handedOver how many more may wait in memory for one of these places
 * @param lease how long a piece of work stays with a worker that has died
 * @param patience how long giving work back waits for infrastructure that is away
 */
public record Working(
        int atOnce, int slowAtOnce, Duration slowAfter, int handedOver, Duration lease, Duration patience) {}
