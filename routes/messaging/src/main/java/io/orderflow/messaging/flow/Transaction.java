package io.orderflow.messaging.flow;

import io.orderflow.contracts.Channel;
import io.orderflow.contracts.Event;
import io.orderflow.messaging.UnitOfWork;
import io.orderflow.messaging.Work;
import io.orderflow.messaging.tables.Announced;
import io.orderflow.messaging.tables.Requested;
import io.orderflow.messaging.tables.WorkItem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the flows on this thread have decided to say and to ask for since the transaction began. It is written with the
 * rest, just before the commit, so that one statement stores a whole batch's events.
 */
public final class Transaction {

    private static final Logger log = LoggerFactory.getLogger(Transaction.class);
    private static final ThreadLocal<Transaction> CURRENT = new ThreadLocal<>();

    private final List<Announced> events = new ArrayList<>();
    private final Map<String, List<Requested>> requests = new LinkedHashMap<>();
    private final List<UUID> done = new ArrayList<>();
    private final List<Runnable> afterCommit = new ArrayList<>();
    private final Collection<UnitOfWork> units;
    private boolean loaded;

    private Transaction(Collection<UnitOfWork> units) {
        this.units = units;
    }

    /** Begins one for these units of work, which {@link #end} clears. */
    static Transaction begin(Collection<UnitOfWork> units) {
        if (CURRENT.get() != null) {
            throw new IllegalStateException("transaction: one runs on this thread already (expected: one for a batch)");
        }
        var transaction = new Transaction(units);
        CURRENT.set(transaction);
        return transaction;
    }

    void end() {
        CURRENT.remove();
        units.forEach(UnitOfWork::clear);
    }

    /**
     * The transaction on this thread.
     *
     * @throws IllegalStateException if there is none: the endpoint was used outside a flow
     */
    static Transaction current(String endpoint) {
        var transaction = CURRENT.get();
        if (transaction == null) {
            throw new IllegalStateException(endpoint
                    + ": no transaction on this thread (expected: inside a flow that begins with transaction:)");
        }
        return transaction;
    }

    /** Lets the units of work lock and load what these messages need; at most once in a transaction. */
    public void load(List<?> messages) {
        loaded = true;
        units.forEach(unit -> unit.load(messages));
    }

    /**
     * Lets the units of work write what the decisions changed, if they have loaded anything; they hear of the commit.
     */
    void flush() {
        if (loaded) {
            units.forEach(UnitOfWork::flush);
            units.forEach(unit -> afterCommit(unit::committed));
        }
    }

    /** @param traceparent the trace context of the message that caused it, or null */
    public void announce(Channel channel, Event event, String traceparent) {
        events.add(new Announced(channel, event, traceparent));
    }

    void request(String channel, Work work, String traceparent) {
        requests.computeIfAbsent(channel, name -> new ArrayList<>()).add(new Requested(work, traceparent));
    }

    /** The transaction records the answer to this piece of work, so its row goes. */
    void done(WorkItem work) {
        done.add(work.id());
    }

    /** Runs once the transaction has committed, and never otherwise. */
    public void afterCommit(Runnable step) {
        afterCommit.add(step);
    }

    /**
     * A step that fails now is one that failed after the commit: nobody may take it for a transaction that had no
     * effect.
     */
    void committed() {
        for (var step : afterCommit) {
            try {
                step.run();
            } catch (RuntimeException e) {
                log.error("a step after the commit fails", e);
            }
        }
    }

    List<Announced> events() {
        return events;
    }

    Map<String, List<Requested>> requests() {
        return requests;
    }

    List<UUID> done() {
        return done;
    }
}
