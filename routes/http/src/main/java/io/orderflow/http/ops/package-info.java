/**
 * What operators see and do, on a port of its own: parked events, and the record of what operators did. It is part of
 * every process, for every service has events that can be parked. Public are {@link io.orderflow.http.ops.OpsModule},
 * for the assembly, and {@link io.orderflow.http.ops.OpsPort}, which tells the port's number.
 */
package io.orderflow.http.ops;
