package io.orderflow.payments;

import io.orderflow.contracts.Money;
import java.util.UUID;

/** What came of undoing an order's charge. */
sealed interface UndoAnswered {

    UUID orderId();

    /** The charge had come through; its money went back. */
    record Refunded(UUID orderId, Money amount) implements UndoAnswered {}

    /** Nothing was charged, and the fence lets nothing through any more. */
    record NothingCharged(UUID orderId) implements UndoAnswered {}

    /** The provider has failed to undo it so often, or refused so plainly, that an operator should look at it. */
    record Failing(UUID orderId, String reason) implements UndoAnswered {}
}
