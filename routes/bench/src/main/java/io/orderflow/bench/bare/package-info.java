/**
 * The floor with the same work: what our services keep of an order and do for it, in bare Java. It recovers nothing
 * after a crash, retries nothing, parks nothing and shows nobody anything, which is what we do on top.
 */
package io.orderflow.bench.bare;
