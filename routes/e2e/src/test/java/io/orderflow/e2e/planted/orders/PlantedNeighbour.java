package io.orderflow.e2e.planted.orders;

import io.orderflow.e2e.planted.payments.PlantedPayment;

/** A part of orders that reaches into payments. */
public record PlantedNeighbour(PlantedPayment payment) {}
