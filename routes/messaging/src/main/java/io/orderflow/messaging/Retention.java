package io.orderflow.messaging;

import io.orderflow.contracts.Role;
import java.time.Duration;

/**
 * Rows that a service forgets by their age. A bean of this type is run by one instance, a bounded slice at a time,
 * until nothing is left.
 *
 * @param name for the log
 * @param age how old rows grow
 * @param sql deletes a slice; its first parameter is the time before which rows go, its second the most rows
 */
public record Retention(Role role, String name, Duration age, String sql) {}
