/**
 * Money: charges for each order once, gives it back when the order is called off.
 *
 * <p>Owns the payment of each order. Hears {@code OrderCreated} and {@code OrderCancelled}; says {@code
 * PaymentCompleted}, {@code PaymentDeclined}, {@code PaymentRefunded} and {@code PaymentVoided}.
 */
package io.orderflow.payments;
