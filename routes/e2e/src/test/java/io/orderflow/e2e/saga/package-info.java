/** The ways of an order from its placement to its last mail, when nothing fails. */
package io.orderflow.e2e.saga;
