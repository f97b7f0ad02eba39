/**
 * Mail to the customer: one for each outcome of an order, exactly where it stopped after any outage.
 *
 * <p>Owns how to reach the customer and which mails went out. Hears {@code OrderConfirmed}, {@code OrderCancelled},
 * {@code PaymentRefunded}, {@code OrderContact} and {@code ContactErased}; says nothing.
 */
package io.orderflow.notifications;
