/** The saga alone, in bare Java: what the machine can do at most. */
package io.orderflow.bench.floor;
