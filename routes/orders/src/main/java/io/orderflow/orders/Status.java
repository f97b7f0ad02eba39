package io.orderflow.orders;

/** Where an order stands. What is not pending is final. */
enum Status {
    PENDING,
    CONFIRMED,
    CANCELLED
}
