/** Takes orders and brings each to its end. */
package io.orderflow.peers.saga.orders;
