/** A real Kafka broker and a real PostgreSQL, from Maven artifacts alone, for tests and for runs on one machine. */
package io.orderflow.testkit;
