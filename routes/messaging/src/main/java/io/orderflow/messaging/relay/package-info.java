/**
 * From the outbox to Kafka, in the order of each order: the relay, its lanes, and the sweeper for what a crash left
 * behind. Public: the relay, for whoever commits events, and where Kafka is.
 */
package io.orderflow.messaging.relay;
