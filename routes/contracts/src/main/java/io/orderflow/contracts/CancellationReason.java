package io.orderflow.contracts;

/** Why an order was called off. */
public enum CancellationReason {
    PAYMENT_DECLINED,
    OUT_OF_STOCK,
    CUSTOMER,
    DEADLINE
}
