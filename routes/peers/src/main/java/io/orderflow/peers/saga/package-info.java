/** The saga as its services do it, whoever publishes its events: JPA, and a transaction for each step. */
package io.orderflow.peers.saga;
