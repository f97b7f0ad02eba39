package io.orderflow.messaging.flow;

import io.orderflow.messaging.tables.WorkItem;
import java.time.Duration;
import java.util.List;

/** The workers of one channel. */
interface Workers {

    /** How long what is handed over to them is theirs, unless they renew it. */
    Duration lease();

    /** How many pieces of work have been begun and have not ended. */
    int underWay();

    /** Keeps room for a transaction's requests, until {@link #take}. */
    Memory.Room reserve(int requests);

    /**
     * Takes what is stored by now in place of the room that was kept; none of it if the transaction did not commit.
     *
     * @param leaves whether the transaction has left others in the table, for want of room
     */
    void take(Memory.Room room, List<WorkItem> items, boolean leaves);

    /**
     * Takes no more, and waits a moment for the calls under way and their answers.
     *
     * @return whether they have all ended
     */
    boolean drain() throws InterruptedException;
}
