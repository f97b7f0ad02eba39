/** A room that its door knows. */
package io.orderflow.e2e.planted.messaging.relay;
