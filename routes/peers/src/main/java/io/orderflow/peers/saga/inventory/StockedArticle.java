package io.orderflow.peers.saga.inventory;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** How much there is of an article. */
@Entity
@Table(schema = "inventory", name = "stock_item")
class StockedArticle {

    @Id
    private String sku;

    private long onHand;
    private long reserved;
    private long sold;

    protected StockedArticle() {}

    String sku() {
        return sku;
    }

    long free() {
        return onHand - reserved;
    }

    void reserve(int quantity) {
        reserved += quantity;
    }

    void release(int quantity) {
        reserved -= quantity;
    }

    void sell(int quantity) {
        reserved -= quantity;
        onHand -= quantity;
        sold += quantity;
    }
}
