/**
 * The Kafka cluster as Strimzi resources, built from the one declaration of channels in {@code contracts}.
 * {@code make render} writes them where the chart reads them, so that a topic or a right that a route needs cannot be
 * forgotten.
 */
package io.orderflow.strimzi;
