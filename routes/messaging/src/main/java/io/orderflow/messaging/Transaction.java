package io.orderflow.messaging;

import io.orderflow.contracts.Channel;
import io.orderflow.contracts.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the flows on this thread have decided to say and to ask for since the transaction began. It is written with the rest, just before the commit, so that one
 * statement stores a whole batch's events.
 */
final class Transaction {

    private static final Logger log = LoggerFactory.getLogger(Transaction.class);
    private static final ThreadLocal<Transaction> CURRENT = new ThreadLocal<>();

    private final List<Announced> events = new ArrayList<>();
    private final Map<String, List<Requested>> requests = new LinkedHashMap<>();
    private final List<UUID> done = new ArrayList<>();
    private final List<Runnable> afterCommit = new ArrayList<>();
    private String traceparent;
    private boolean open;

    /**
     * An event on its way out.
     *
     * @param traceparent the W3C trace context of the message that caused it, or null
     */
    record Announced(Channel channel, Event event, String traceparent) {}

    /**
     * A request on its way to a worker.
     *
     * @param traceparent as of an event
     */
    record Requested(Work work, String traceparent) {}

    static Transaction begin() {
        if (CURRENT.get() != null) {
            throw new IllegalStateException("transaction: one runs on this thread already (expected: one for a batch)");
        }
        var transaction = new Transaction();
        CURRENT.set(transaction);
        return transaction;
    }

    static void end() {
        CURRENT.remove();
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

    /** From here on, what is said and asked for was caused by a message with this trace context. */
    void causedBy(String trace) {
        traceparent = trace;
    }

    void open() {
        open = true;
    }

    /** Whether the units of work have loaded, and so must be flushed. */
    boolean isOpen() {
        return open;
    }

    void announce(Channel channel, Event event) {
        events.add(new Announced(channel, event, traceparent));
    }

    void request(String channel, Work work) {
        requests.computeIfAbsent(channel, name -> new ArrayList<>()).add(new Requested(work, traceparent));
    }

    /** The transaction records the answer to this piece of work, so its row goes. */
    void done(WorkRows.Item work) {
        done.add(work.id());
    }

    /** Runs once the transaction has committed, and never otherwise. */
    void afterCommit(Runnable step) {
        afterCommit.add(step);
    }

    /** A step that fails now is one that failed after the commit: nobody may take it for a transaction that had no effect. */
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
