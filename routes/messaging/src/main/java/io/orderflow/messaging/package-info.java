/**
 * The backbone: it carries messages between Kafka, the database and a service's flows so that none is lost, none takes effect twice and each order's keep
 * their order. A service brings a {@link io.orderflow.messaging.Participant} and routes; everything here is about messaging and nothing about orders, money or
 * stock.
 */
package io.orderflow.messaging;
