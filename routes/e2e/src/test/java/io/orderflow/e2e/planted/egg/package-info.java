/** An egg of a circle. */
package io.orderflow.e2e.planted.egg;
