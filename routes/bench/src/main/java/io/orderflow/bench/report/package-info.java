/** What is written about it: tables, charts, and the figures themselves. */
package io.orderflow.bench.report;
