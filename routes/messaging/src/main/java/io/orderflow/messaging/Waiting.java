package io.orderflow.messaging;

import io.orderflow.contracts.Role;

/**
 * Rows of a service that wait for something to be said, and for too long if it is never said. A bean of this type
 * becomes a gauge: how long the oldest of them waits, in seconds.
 *
 * @param gauge the gauge's name
 * @param description what it shows
 * @param sql answers the age of the oldest in seconds, by the database's clock, or no row or null where none waits
 */
public record Waiting(Role role, String gauge, String description, String sql) {}
