/** How many orders a second reach their end, beside the same saga in bare Java on the same machine. */
package io.orderflow.bench;
