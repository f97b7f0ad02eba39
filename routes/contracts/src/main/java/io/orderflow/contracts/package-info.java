/**
 * The published language of orderflow: who says what to whom ({@link io.orderflow.contracts.Topology}) and in which
 * words (the {@link io.orderflow.contracts.Event} records, with a JSON Schema each under {@code schemas/}). It depends
 * on nothing, so that anyone may depend on it.
 */
package io.orderflow.contracts;
