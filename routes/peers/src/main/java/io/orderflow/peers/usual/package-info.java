/** The usual way: events go through an outbox table that a schedule polls. */
package io.orderflow.peers.usual;
