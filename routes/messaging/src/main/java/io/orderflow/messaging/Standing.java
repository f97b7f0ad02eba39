package io.orderflow.messaging;

import io.orderflow.contracts.Role;

/**
 * Where a service's orders stand, as it has them. A bean of this type shows operators what has become of the orders
 * whose events they released; a service that knows only its own part of an order has none.
 *
 * @param sql answers of all orders {@code id} and {@code state}, a word of the service's own; it is asked of some by
 *     their ids
 */
public record Standing(Role role, String sql) {}
