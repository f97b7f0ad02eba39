package io.orderflow.payments;

import io.orderflow.contracts.Money;
import java.util.UUID;

/**
 * What came of undoing an order's charge.
 *
 * @param refunded what went back, or null if nothing had been charged
 * @param failing whether the provider has refused to refund so often that somebody should look at it
 */
record UndoAnswered(UUID orderId, Money refunded, boolean failing) {

    static UndoAnswered refunded(UUID orderId, Money amount) {
        return new UndoAnswered(orderId, amount, false);
    }

    static UndoAnswered nothingCharged(UUID orderId) {
        return new UndoAnswered(orderId, null, false);
    }

    static UndoAnswered failing(UUID orderId) {
        return new UndoAnswered(orderId, null, true);
    }
}
