package io.orderflow.inventory;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Where stock is kept: a database, or a map in a test. Every call belongs to the transaction on its thread. */
interface StockRows {

    /**
     * Claims the keys of these deliveries, which are all different, in one order everywhere.
     *
     * @return the receipts of those whose key was used before; a delivery that is not in there is the first under its
     *     key
     */
    Map<Delivery, Receipt> claim(List<Delivery> deliveries);

    /**
     * Locks and reads what is known of these orders, in the order of their ids; an order of which nothing is known is
     * left out.
     */
    List<Reservation> reservations(Collection<UUID> orders);

    /** Locks and reads these articles, in the order of their SKUs; an article that is not kept is left out. */
    List<StockItem> items(Collection<String> skus);

    /** Keeps these articles from now on, with nothing on hand; those that are kept already stay as they are. */
    void add(List<NewArticle> articles);

    /** Stores these reservations. Fails if another transaction has stored one of them since it was read. */
    void save(List<Reservation> reservations);

    /** Moves the figures of these articles. Fails if one would leave its bounds, whatever was decided. */
    void move(List<Movement> movements);

    /** Keeps these receipts under the keys of their deliveries, and the deliveries that were received. */
    void keep(Map<Delivery, Receipt> receipts);

    /** By how much the figures of one article change. */
    record Movement(String sku, long onHand, long reserved, long sold) {

        static Movement between(StockItem before, StockItem after) {
            return new Movement(
                    after.sku(),
                    after.onHand() - before.onHand(),
                    after.reserved() - before.reserved(),
                    after.sold() - before.sold());
        }
    }
}
