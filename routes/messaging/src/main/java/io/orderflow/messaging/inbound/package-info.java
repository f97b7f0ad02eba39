/**
 * From a polled record to a flow: adapter routes, batches, offsets, the decision what becomes of each record, and the
 * parked events with their release. Public for {@code assembly} only.
 */
package io.orderflow.messaging.inbound;
