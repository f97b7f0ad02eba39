/** Reserves what is ordered, sells it when the order is confirmed and gives it back when it is cancelled. */
package io.orderflow.peers.saga.inventory;
