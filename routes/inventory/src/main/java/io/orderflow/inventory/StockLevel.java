package io.orderflow.inventory;

/**
 * How much there is of an article, as a client sees it: {@code {"sku", "on_hand", "reserved", "sold", "available"}}.
 */
record StockLevel(String sku, long onHand, long reserved, long sold, long available) {

    static StockLevel of(StockItem item) {
        return new StockLevel(item.sku(), item.onHand(), item.reserved(), item.sold(), item.available());
    }
}
