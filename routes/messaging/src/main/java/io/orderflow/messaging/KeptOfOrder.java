package io.orderflow.messaging;

import io.orderflow.contracts.Role;

/**
 * Something that a service keeps of an order and that no event tells, for an operator who asks. A bean of this type is
 * shown among what the service says of an order.
 *
 * @param what what it is, in a word
 * @param sql answers of one order, its only value, {@code kind}, {@code state} and {@code since}; no name and no
 *     address
 */
public record KeptOfOrder(Role role, String what, String sql) {}
