package io.orderflow.inventory;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.annotations.Immutable;

/** An article's row as queries read it. Nothing is written through it: the figures move in {@link StockRows} alone. */
@Entity
@Immutable
@Table(schema = "inventory", name = "stock_item")
class Article {

    @Id
    private String sku;

    private long onHand;
    private long reserved;
    private long sold;

    /** For the persistence provider. */
    protected Article() {}

    Article(StockItem item) {
        sku = item.sku();
        onHand = item.onHand();
        reserved = item.reserved();
        sold = item.sold();
    }

    StockLevel level() {
        return StockLevel.of(new StockItem(sku, onHand, reserved, sold));
    }
}
