/** How fast one service by itself takes what is queued for it, and what it needs while nothing is. */
package io.orderflow.bench.drain;
