/**
 * What operators see and do, on a port of its own: parked events, and the record of what operators did. It is part of
 * every process, for every service has events that can be parked.
 */
package io.orderflow.http.ops;
