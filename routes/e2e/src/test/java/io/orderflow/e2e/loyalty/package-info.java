/**
 * A new participant, as the README shows it: customers get points for confirmed orders.
 *
 * <p>Hears {@code OrderConfirmed}; says {@code PointsGranted}.
 */
package io.orderflow.e2e.loyalty;
