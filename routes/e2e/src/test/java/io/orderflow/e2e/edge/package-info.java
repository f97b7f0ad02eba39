/** What comes in over HTTP, good or bad, from whom, and what must never go out again. */
package io.orderflow.e2e.edge;
