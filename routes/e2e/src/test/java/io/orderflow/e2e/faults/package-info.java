/** What fails and comes back: services, processes, servers and events that cannot be handled. */
package io.orderflow.e2e.faults;
