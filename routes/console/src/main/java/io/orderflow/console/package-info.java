/**
 * The operators' view: the story of an order, out of what all services say of it.
 *
 * <p>Owns what was said of each order, when and by whom, and what it waits for now; no name, address or payment token.
 * Hears everything but contacts; says nothing.
 */
package io.orderflow.console;
