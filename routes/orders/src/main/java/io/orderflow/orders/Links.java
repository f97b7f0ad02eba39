package io.orderflow.orders;

import java.util.UUID;

/** Where a customer goes on from what it was told of an order. */
record Links(String self) {

    static Links toOrder(UUID id) {
        return new Links("/orders/" + id);
    }
}
