package io.orderflow.inventory;

import io.orderflow.http.Call;
import io.orderflow.http.Caller;
import io.orderflow.http.IdempotencyKey;
import java.util.List;

/**
 * Goods that a caller reports to have come in. Two reports of the same under one key are one delivery, whichever calls
 * they came in.
 *
 * @param key the caller's name for this report: the same again for the same article is the same delivery
 * @param bodyHash of what was sent under the key
 * @param quantity 1 to {@link #MAX_QUANTITY}
 */
record Delivery(Call call, IdempotencyKey key, String bodyHash, String sku, int quantity) {

    /** The most of one article that comes in at once. */
    static final int MAX_QUANTITY = 1_000_000;

    Caller caller() {
        return call.caller();
    }

    /** Whether it is the other one's key that it wants. */
    boolean hasKeyOf(Delivery other) {
        return caller().equals(other.caller()) && sku.equals(other.sku) && key.equals(other.key);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Delivery delivery && content().equals(delivery.content());
    }

    @Override
    public int hashCode() {
        return content().hashCode();
    }

    private List<Object> content() {
        return List.of(caller(), key, bodyHash, sku, quantity);
    }
}
