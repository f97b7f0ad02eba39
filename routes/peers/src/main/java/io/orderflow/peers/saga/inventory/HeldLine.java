package io.orderflow.peers.saga.inventory;

import io.orderflow.contracts.Line;
import jakarta.persistence.Embeddable;

/** So many of an article, held for an order. */
@Embeddable
class HeldLine {

    private String sku;
    private int quantity;

    protected HeldLine() {}

    HeldLine(Line line) {
        this.sku = line.sku();
        this.quantity = line.quantity();
    }

    Line line() {
        return new Line(sku, quantity);
    }
}
