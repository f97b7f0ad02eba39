/** What is measured, how often, and when it counts. */
package io.orderflow.bench.round;
