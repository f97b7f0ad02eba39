package io.orderflow.peers.saga.orders;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** What can be ordered, and for how much. */
@Entity
@Table(schema = "orders", name = "product")
class CatalogueArticle {

    @Id
    private String sku;

    private String currency;
    private long priceMinor;

    protected CatalogueArticle() {}

    String sku() {
        return sku;
    }

    String currency() {
        return currency;
    }

    long priceMinor() {
        return priceMinor;
    }
}
