package io.orderflow.messaging;

import java.time.Duration;
import java.util.Optional;

/**
 * What roles have said and the broker has not taken yet, as it was a moment ago: it is measured all the time, so that
 * asking costs nothing.
 */
public interface Backlogs {

    /**
     * A role's outbox.
     *
     * @param events how many wait, counted up to {@link #COUNTED}
     * @param oldest how long the first of those has waited on which the role is answered; zero where none waits
     */
    record Backlog(long events, Duration oldest) {}

    /** Beyond so many nobody counts. */
    int COUNTED = 100_000;

    /** The latest figures of the role of this name; empty if it does not run here or has not been measured yet. */
    Optional<Backlog> of(String role);
}
