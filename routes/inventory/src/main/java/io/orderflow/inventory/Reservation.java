package io.orderflow.inventory;

import io.orderflow.contracts.Line;
import java.util.List;
import java.util.UUID;

/**
 * What inventory knows about one order: which of its events have been here, and what it holds. The first event of an
 * order creates it, whichever that is.
 *
 * @param lines what is held, was sold or was given back; empty where nothing ever was
 * @param version how often it has been stored; two transactions that decide on the same version cannot both commit
 */
record Reservation(UUID orderId, State state, List<Line> lines, long version) {

    enum State {
        /** Nothing was heard of the order. Never stored. */
        UNKNOWN,
        /** Confirmed, but not created yet: the sale waits for its lines. */
        CONFIRMED,
        /** Every line is reserved. */
        RESERVED,
        /** Something was missing, so nothing is reserved. */
        REJECTED,
        /** Final: what was reserved is the customer's. */
        SOLD,
        /**
         * Final: nothing is held and nothing will be. Also the barrier that a cancellation leaves when it overtakes its
         * order.
         */
        RELEASED
    }

    static Reservation unknown(UUID orderId) {
        return new Reservation(orderId, State.UNKNOWN, List.of(), 0);
    }

    /** The same order one step further, with the same lines. */
    Reservation to(State next) {
        return new Reservation(orderId, next, lines, version);
    }

    /** The same order one step further, holding these lines. */
    Reservation to(State next, List<Line> held) {
        return new Reservation(orderId, next, held, version);
    }
}
