package io.orderflow.messaging;

import java.util.List;

/**
 * What one service reads and changes in one transaction. The backbone opens the transaction for a whole batch of
 * messages and calls {@link #load}, then the flow once for each message, then {@link #flush}, and {@link #committed}
 * after the commit; a batch of one is the same code. All calls of one transaction come from one thread, transactions of
 * different channels from different threads at the same time, so that an implementation keeps what it loaded in a
 * {@link PerTransaction}.
 */
public interface UnitOfWork {

    /**
     * Locks and loads the rows that these messages need, with one statement for each table, in one order everywhere
     * (sorted ids), so that batches wait for each other instead of deadlocking.
     *
     * @param messages the bodies as the flow will see them: events, or what was sent to a {@code transaction:}
     *     endpoint; types that are not this unit's own are ignored
     */
    void load(List<?> messages);

    /**
     * Writes what the decisions changed, as arrays, with one statement for each table. Called once, before the commit.
     */
    void flush();

    /**
     * Counts and tells what has happened by now: called after the commit of what was flushed, and never if it was
     * rolled back. A failure here is logged and changes nothing.
     */
    default void committed() {}

    /** Forgets what was loaded: called at the end of every transaction, committed or not. */
    void clear();
}
