/**
 * What is measured and what is cleaned up: counters, gauges, how far a role has come, housekeeping. Public: the
 * counters, for those who count, and what {@code assembly} starts.
 */
package io.orderflow.messaging.watch;
