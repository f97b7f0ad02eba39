package io.orderflow.peers.saga.orders;

import jakarta.persistence.Embeddable;

/** So many of an article, at the price of the day. */
@Embeddable
class PurchaseLine {

    private String sku;
    private int quantity;
    private long unitPriceMinor;

    protected PurchaseLine() {}

    PurchaseLine(String sku, int quantity, long unitPriceMinor) {
        this.sku = sku;
        this.quantity = quantity;
        this.unitPriceMinor = unitPriceMinor;
    }

    String sku() {
        return sku;
    }

    int quantity() {
        return quantity;
    }

    long totalMinor() {
        return quantity * unitPriceMinor;
    }
}
