package io.orderflow.e2e.planted.payments;

/** What belongs to payments. */
public record PlantedPayment(long cents) {}
