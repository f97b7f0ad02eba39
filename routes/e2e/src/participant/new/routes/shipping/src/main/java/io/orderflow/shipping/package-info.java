/**
 * Shipping: whatever is confirmed is handed to a carrier.
 *
 * <p>Hears {@code OrderConfirmed}, from its installation on; says {@code ParcelShipped}.
 */
package io.orderflow.shipping;
