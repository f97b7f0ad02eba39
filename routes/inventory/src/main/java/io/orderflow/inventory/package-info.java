/**
 * Owns how much there is of each article, and which order holds how much of it.
 * Hears {@code order_events}: reserves for a new order, sells when it is confirmed, gives back when it is cancelled.
 * Says {@code inventory_events}: {@code StockReserved}, {@code StockRejected}, {@code StockReleased}.
 */
package io.orderflow.inventory;
