/** Orders that come over HTTP, and what is heard of their ends. */
package io.orderflow.bench.load;
