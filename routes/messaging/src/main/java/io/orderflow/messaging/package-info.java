/**
 * The backbone's door: all that a service sees of it. A service is a {@link io.orderflow.messaging.Participant} with
 * its {@link io.orderflow.messaging.UnitOfWork}s; its routes begin and end at the endpoints that the participant hands
 * out; the rest (batches, one transaction a step, inbox, outbox, relay, workers, parking, measuring) happens in the
 * rooms behind, which the door does not know:
 *
 * <ul>
 *   <li>{@code inbound}: from a polled record to a flow
 *   <li>{@code flow}: transactions, and the endpoints of a flow
 *   <li>{@code relay}: from the outbox to Kafka
 *   <li>{@code tables}: what is stored
 *   <li>{@code watch}: what is measured and cleaned up
 *   <li>{@code schema}: migrations
 *   <li>{@code assembly}: what puts all of it together
 * </ul>
 */
package io.orderflow.messaging;
