package io.orderflow.inventory;

import io.orderflow.http.Caller;
import io.orderflow.http.IdempotencyKey;

/**
 * Goods that somebody reports to have come in.
 *
 * @param key the caller's name for this report: the same again for the same article is the same delivery
 * @param bodyHash of what was sent under the key
 * @param quantity 1 to {@link #MAX_QUANTITY}
 */
record Delivery(Caller caller, IdempotencyKey key, String bodyHash, String sku, int quantity) {

    /** The most of one article that comes in at once. */
    static final int MAX_QUANTITY = 1_000_000;
}
