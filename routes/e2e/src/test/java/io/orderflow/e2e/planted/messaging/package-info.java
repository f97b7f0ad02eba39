/** A door that knows its room. */
package io.orderflow.e2e.planted.messaging;
