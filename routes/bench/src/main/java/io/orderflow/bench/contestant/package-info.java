/** Who is measured: how each is started, and what it must have kept when it is asked. */
package io.orderflow.bench.contestant;
