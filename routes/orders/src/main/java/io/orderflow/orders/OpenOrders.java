package io.orderflow.orders;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Looks for orders that are not settled. All times are the database's. */
interface OpenOrders {

    /** Whether an order has been pending for longer than this. */
    boolean anyPendingFor(Duration time);

    /**
     * The oldest pending orders that were accepted up to a moment.
     *
     * @param after the last one of the slice before, or null
     */
    List<Pending> pendingSince(Instant moment, Pending after, int limit);

    /** How many orders are under way; it stops counting at a limit. */
    Counts count(Duration stuckAfter, Duration unsettledAfter, int limit);

    record Pending(UUID id, Instant createdAt) {}

    /**
     * Orders under way.
     *
     * @param stuck pending ones that have waited for too long
     * @param settling cancelled, and payments or inventory has not answered yet
     * @param unsettled those of them that have waited for too long
     */
    record Counts(long pending, long stuck, long settling, long unsettled) {

        static final Counts NONE = new Counts(0, 0, 0, 0);
    }
}
