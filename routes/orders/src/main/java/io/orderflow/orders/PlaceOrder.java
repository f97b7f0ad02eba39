package io.orderflow.orders;

import io.orderflow.http.Caller;
import io.orderflow.http.IdempotencyKey;
import java.util.UUID;

/**
 * A customer's wish for an order.
 *
 * @param id what the order is called if it is accepted; of no meaning if the key was used before
 * @param key the caller's name for this wish: the same again is the same order
 * @param bodyHash of what was sent under the key
 */
record PlaceOrder(UUID id, Caller caller, IdempotencyKey key, String bodyHash, OrderRequest request) {}
