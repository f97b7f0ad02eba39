/** A maintained outbox: events go through Spring Modulith's registry of publications. */
package io.orderflow.peers.registry;
