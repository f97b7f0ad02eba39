/**
 * Transactions, and the three Camel components through which a service's routes take part in them:
 * {@code transaction:}, {@code outbox:} and {@code work:}. Public: what {@code inbound} needs to run a flow, and what
 * {@code assembly} puts together.
 */
package io.orderflow.messaging.flow;
