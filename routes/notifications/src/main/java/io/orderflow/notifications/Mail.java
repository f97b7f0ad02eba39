package io.orderflow.notifications;

import java.time.Instant;
import java.util.UUID;

/**
 * A mail about an order's outcome.
 *
 * @param happenedAt when the outcome came about; a mail that is sent late still says so
 * @param doubts how many attempts to send it ended without anybody hearing how
 */
record Mail(UUID orderId, OrderOutcome outcome, State state, Instant happenedAt, Facts facts, int doubts) {

    /** Where it stands. */
    enum State {
        /** The address is not known yet. */
        WAITING,
        /** A worker is to send it. */
        DUE,
        SENT,
        /** The server refused it for good: an alarm. */
        UNDELIVERABLE,
        /** It was sent so often without anybody hearing whether it was taken that it is not sent again: an alarm. */
        IN_DOUBT,
        /** The customer was forgotten before it went out. */
        ERASED
    }

    Mail(UUID orderId, OrderOutcome outcome, State state, Instant happenedAt, Facts facts) {
        this(orderId, outcome, state, happenedAt, facts, 0);
    }

    Mail in(State next) {
        return new Mail(orderId, outcome, next, happenedAt, facts, doubts);
    }

    Mail doubted(int times) {
        return new Mail(orderId, outcome, state, happenedAt, facts, times);
    }
}
