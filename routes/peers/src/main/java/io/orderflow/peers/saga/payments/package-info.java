/** Charges each order, and gives back what was charged for one that is cancelled. */
package io.orderflow.peers.saga.payments;
