/**
 * The backbone's tables of a role, and what stands in them: outbox, inbox, parked records, work, leases, and the bytes
 * of an event. Public for the rooms above; nothing here knows a route, a thread or the broker.
 */
package io.orderflow.messaging.tables;
