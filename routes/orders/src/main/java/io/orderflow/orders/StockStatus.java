package io.orderflow.orders;

/** What inventory has said about an order, as far as orders has heard it. It never goes back. */
enum StockStatus {
    PENDING,
    RESERVED,
    REJECTED,
    /** Whatever was held is free again, and nothing will be held. */
    RELEASED
}
