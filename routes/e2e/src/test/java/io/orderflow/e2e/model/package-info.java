/**
 * The saga under every arrival order, duplicate and crash: {@link io.orderflow.messaging.model} with orderflow's four
 * services, customers, a provider and a mail server.
 */
package io.orderflow.e2e.model;
