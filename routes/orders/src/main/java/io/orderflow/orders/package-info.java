/**
 * Orders owns the order and its life cycle, {@code PENDING} to {@code CONFIRMED} or {@code CANCELLED}, and the
 * catalogue that its prices come from. It hears {@code payment_events} and {@code inventory_events}, joins the two
 * answers, and knows when a cancellation is settled. It says {@code order_events} and, to notifications only, {@code
 * order_contacts}.
 */
package io.orderflow.orders;
