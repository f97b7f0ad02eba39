package io.orderflow.notifications;

import io.orderflow.contracts.CancellationReason;
import io.orderflow.contracts.Money;
import java.time.Instant;
import java.util.UUID;

/**
 * A mail about an order's outcome.
 *
 * @param happenedAt when the outcome came about; a mail that is sent late still says so
 * @param reason of a cancellation, otherwise null
 * @param amount of a confirmation or refund, otherwise null
 */
record Mail(
        UUID orderId, OrderOutcome outcome, State state, Instant happenedAt, CancellationReason reason, Money amount) {

    /** Where it stands. */
    enum State {
        /** The address is not known yet. */
        WAITING,
        /** A worker is to send it. */
        DUE,
        SENT,
        /** The server refused it for good: an alarm. */
        UNDELIVERABLE,
        /** The customer was forgotten before it went out. */
        ERASED
    }

    Mail in(State next) {
        return new Mail(orderId, outcome, next, happenedAt, reason, amount);
    }
}
