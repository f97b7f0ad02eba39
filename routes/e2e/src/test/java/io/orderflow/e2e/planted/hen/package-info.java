/** A hen of a circle. */
package io.orderflow.e2e.planted.hen;
