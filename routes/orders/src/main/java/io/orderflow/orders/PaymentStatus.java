package io.orderflow.orders;

/**
 * What payments has said about an order, as far as orders has heard it. It never goes back: a charge that is heard of
 * after its refund stays refunded.
 */
enum PaymentStatus {
    PENDING,
    CAPTURED,
    DECLINED,
    /** The money went back. */
    REFUNDED,
    /** Nothing was charged and nothing will be. */
    VOIDED
}
