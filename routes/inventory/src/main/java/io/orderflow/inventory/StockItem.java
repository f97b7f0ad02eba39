package io.orderflow.inventory;

/**
 * How much there is of one article. The figures only move together: what is reserved is on hand, and what is sold has
 * left it, so that {@code onHand + sold} changes by deliveries alone.
 *
 * @param onHand in the warehouse, reserved or not
 * @param reserved kept for orders that are still open
 * @param sold gone to confirmed orders
 */
record StockItem(String sku, long onHand, long reserved, long sold) {

    /** The most that may ever have been of one article: every JSON reader holds this number exactly. */
    static final long MOST_PIECES = 9_007_199_254_740_991L;

    StockItem {
        if (reserved < 0 || reserved > onHand || sold < 0 || onHand > MOST_PIECES - sold) {
            throw new IllegalArgumentException("stock of " + sku + ": on_hand " + onHand + ", reserved " + reserved
                    + ", sold " + sold + " (expected: 0 <= reserved <= on_hand, 0 <= sold, on_hand + sold <= "
                    + MOST_PIECES + ")");
        }
    }

    /** An article of which there has never been any. */
    static StockItem none(String sku) {
        return new StockItem(sku, 0, 0, 0);
    }

    /** What the next order may have. */
    long available() {
        return onHand - reserved;
    }

    /** Sets some aside for an order. */
    StockItem reserve(int quantity) {
        return new StockItem(sku, onHand, reserved + quantity, sold);
    }

    /** Gives back what an order had reserved. Compensates {@link #reserve}. */
    StockItem release(int quantity) {
        return new StockItem(sku, onHand, reserved - quantity, sold);
    }

    /** Hands over what an order had reserved. */
    StockItem sell(int quantity) {
        return new StockItem(sku, onHand - quantity, reserved - quantity, sold + quantity);
    }

    /** How much more can ever come in. */
    long room() {
        return MOST_PIECES - onHand - sold;
    }

    /** Takes a delivery in. */
    StockItem receive(int quantity) {
        return new StockItem(sku, onHand + quantity, reserved, sold);
    }
}
