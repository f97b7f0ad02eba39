/** A planted service. */
package io.orderflow.e2e.planted.orders;
