/** What the services say on Kafka against the document that describes it, and readers that are made by it. */
package io.orderflow.e2e.asyncapi;
