package io.orderflow.payments;

import io.orderflow.contracts.Money;
import java.util.UUID;

/**
 * The payment of one order.
 *
 * @param amount null where the order was called off before it was known
 */
record Payment(UUID orderId, State state, Money amount) {

    /** Where it stands. */
    enum State {
        /** A charge is on its way; whether it came through is not known. */
        REQUESTED,
        CAPTURED,
        DECLINED,
        /** The order is called off, and what was charged, if anything, is being given back. */
        UNDOING,
        /** Undoing has failed so often that it is an alarm; it goes on at a slower pace. */
        REFUND_FAILED,
        REFUNDED,
        /** Nothing is charged and nothing will be; also the barrier that a cancellation leaves before its order. */
        VOIDED
    }

    Payment in(State next) {
        return new Payment(orderId, next, amount);
    }
}
