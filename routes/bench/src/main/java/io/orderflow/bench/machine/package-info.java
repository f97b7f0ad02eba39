/** What everybody is given alike, and what it costs: processes, database, broker, and the figures of each. */
package io.orderflow.bench.machine;
