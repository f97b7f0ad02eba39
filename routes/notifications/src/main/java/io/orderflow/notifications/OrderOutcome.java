package io.orderflow.notifications;

/** What a customer is told about an order, each at most once. */
enum OrderOutcome {
    CONFIRMED,
    CANCELLED,
    REFUNDED
}
