package io.orderflow.messaging.relay;

import io.orderflow.contracts.Role;
import io.orderflow.messaging.Outages;
import io.orderflow.messaging.tables.Outbox;
import io.orderflow.messaging.tables.OutboxRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the rows of events that the broker has acknowledged, many with one statement, on a thread of its own, so that
 * the relay never waits for the database. What it does not come to stays in the table, and is sent and deleted once
 * more.
 */
final class Eraser {

    private static final Logger log = LoggerFactory.getLogger(Eraser.class);

    private static final int ROWS_AT_ONCE = 1_000;

    /** How long one row waits for others, so that one statement deletes many. */
    private static final Duration TOGETHER = Duration.ofMillis(20);

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(500);

    private final Role role;
    private final Outbox outbox;
    private final Outages outages;
    private final Consumer<List<Long>> erased;
    private final BlockingQueue<OutboxRow> acknowledged = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closed;

    /** @param erased told of the positions that are deleted, on the eraser's thread */
    Eraser(Role role, Outbox outbox, Outages outages, Consumer<List<Long>> erased) {
        this.role = role;
        this.outbox = outbox;
        this.outages = outages;
        this.erased = erased;
        this.thread = Thread.ofPlatform().name(role + "-relay-eraser").daemon().unstarted(this::work);
    }

    void start() {
        thread.start();
    }

    void erase(OutboxRow row) {
        acknowledged.add(row);
    }

    private void work() {
        List<OutboxRow> rows = new ArrayList<>();
        while (!closed || !acknowledged.isEmpty()) {
            try {
                if (rows.isEmpty()) {
                    rows.add(acknowledged.take());
                    if (!closed) {
                        Thread.sleep(TOGETHER);
                    }
                    acknowledged.drainTo(rows, ROWS_AT_ONCE - 1);
                }
                outbox.delete(rows);
                erased.accept(rows.stream().map(OutboxRow::position).toList());
                rows.clear();
            } catch (InterruptedException e) {
                return;
            } catch (RuntimeException | Error e) {
                outages.report(log, role + ": relay", "cannot delete " + rows.size() + " sent rows", e);
                if (closed || !pauseBeforeRetry()) {
                    return;
                }
            }
        }
    }

    private static boolean pauseBeforeRetry() {
        try {
            Thread.sleep(PAUSE_AFTER_FAILURE);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Gives what is acknowledged a moment to be deleted. */
    void close() throws InterruptedException {
        closed = true;
        thread.join(200);
        thread.interrupt();
        thread.join(2_000);
    }
}
