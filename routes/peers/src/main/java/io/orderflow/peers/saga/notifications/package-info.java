/** Tells customers by mail how their orders ended. */
package io.orderflow.peers.saga.notifications;
