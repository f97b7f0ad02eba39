/** Who hears which topic: a message at a time, or what a poll brings. */
package io.orderflow.peers.saga.listening;
