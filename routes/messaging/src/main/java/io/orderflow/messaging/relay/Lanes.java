package io.orderflow.messaging.relay;

import io.orderflow.messaging.tables.Outbox;
import io.orderflow.messaging.tables.OutboxRow;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which of a relay's events may go to the broker now, and which wait: a lane for each topic and order, in which one
 * event is under way at a time. It knows neither threads nor the broker nor the database; whoever drives it tells what
 * happened and sends what {@link #next} gives.
 *
 * <p>In the broker the first appearances of an order's events on a topic are in their order, because an event enters
 * its lane only when each earlier one is sent, is in the lane before it, or is known to be gone from the table. A
 * failure empties the lane: its rows are in the table, and come back with a sweep, in order.
 */
final class Lanes {

    private static final int REMEMBER_ERASED = 50_000;

    private final Map<Outbox.Key, Deque<OutboxRow>> lanes = new HashMap<>();
    private final Map<Outbox.Key, TreeMap<Long, OutboxRow>> heldBack = new HashMap<>();
    private final Deque<OutboxRow> ready = new ArrayDeque<>();
    private final Set<Long> sentNotErased = new HashSet<>();
    private final Set<Long> erasedLately = new LinkedHashSet<>();
    private int waiting;
    private Page page;

    /** A page of left-behind rows on their way; done when the last is erased or has failed. */
    private static final class Page {
        private final Set<Long> open = new HashSet<>();
        private boolean failed;
    }

    /**
     * Takes the rows of a transaction.
     *
     * @param closed topics whose rows stay in the table for now
     */
    void take(List<OutboxRow> rows, Set<String> closed) {
        for (var row : rows) {
            if (!closed.contains(row.topic())) {
                take(row);
            }
        }
    }

    private void take(OutboxRow row) {
        var key = key(row);
        if (isFree(key, row, Set.of())) {
            enqueue(key, row);
        } else {
            heldBack.computeIfAbsent(key, none -> new TreeMap<>()).put(row.position(), row);
            waiting++;
        }
    }

    /**
     * Takes rows that were left behind, of each topic and order from the first on. One such page is under way at a
     * time.
     */
    void sweep(List<OutboxRow> rows, Set<String> closed) {
        page = new Page();
        for (var row : rows) {
            if (erasedLately.contains(row.position())) {
                continue;
            }
            if (closed.contains(row.topic())) {
                page.failed = true;
                continue;
            }
            page.open.add(row.position());
            var key = key(row);
            if (!isAhead(key, row.position())) {
                letGo(key, row);
                enqueue(key, row);
            }
        }
    }

    boolean isSweeping() {
        return page != null;
    }

    /** Whether the page is done, told once: true if all of it is erased, false if a row has failed. */
    Optional<Boolean> swept() {
        if (page == null || !page.open.isEmpty()) {
            return Optional.empty();
        }
        boolean complete = !page.failed;
        page = null;
        return Optional.of(complete);
    }

    /**
     * The next row to send, or null while there is none; the driver answers each with {@link #acknowledged} or
     * {@link #failed}.
     */
    OutboxRow next() {
        return ready.poll();
    }

    void acknowledged(OutboxRow row) {
        var key = key(row);
        var lane = lanes.get(key);
        lane.remove();
        waiting--;
        sentNotErased.add(row.position());
        if (lane.isEmpty()) {
            lanes.remove(key);
        } else {
            ready.add(lane.element());
        }
    }

    /** The broker has not taken a row, as far as anybody knows: what waits behind it goes back to the table with it. */
    void failed(OutboxRow row) {
        lanes.remove(key(row)).forEach(this::forget);
    }

    /** The same of a row that is refused for good: what is held back behind it waits in the table, too. */
    void refused(OutboxRow row) {
        failed(row);
        var held = heldBack.remove(key(row));
        if (held != null) {
            held.values().forEach(this::forget);
        }
    }

    /** Leaves in the table what is held back behind these. */
    void leave(Set<Long> refused) {
        heldBack.values().removeIf(rows -> {
            boolean waits = rows.values().stream()
                    .anyMatch(row -> row.predecessors().stream().anyMatch(refused::contains));
            if (waits) {
                rows.values().forEach(this::forget);
            }
            return waits;
        });
    }

    /** A topic takes nothing for now: what waits for it and is not under way stays in the table. */
    void close(String topic) {
        heldBack.entrySet().removeIf(held -> {
            boolean concerned = held.getKey().topic().equals(topic);
            if (concerned) {
                held.getValue().values().forEach(this::forget);
            }
            return concerned;
        });
        ready.removeIf(row -> {
            boolean concerned = row.topic().equals(topic);
            if (concerned) {
                failed(row);
            }
            return concerned;
        });
    }

    /** These rows are deleted from the table. */
    void erased(Collection<Long> positions) {
        for (var position : positions) {
            sentNotErased.remove(position);
            erasedLately.add(position);
            if (page != null) {
                page.open.remove(position);
            }
        }
        var oldest = erasedLately.iterator();
        while (erasedLately.size() > REMEMBER_ERASED) {
            oldest.next();
            oldest.remove();
        }
    }

    /** The positions that rows are held back for. */
    Set<Long> awaited() {
        Set<Long> awaited = new HashSet<>();
        heldBack.values().forEach(rows -> rows.values().forEach(row -> awaited.addAll(row.predecessors())));
        return awaited;
    }

    boolean holdsBack() {
        return !heldBack.isEmpty();
    }

    /** Lets rows go whose predecessors are ahead or gone; of one topic and order none before an earlier one. */
    void release(Set<Long> gone) {
        heldBack.entrySet().removeIf(held -> {
            var key = held.getKey();
            var rows = held.getValue();
            while (!rows.isEmpty() && isFree(key, rows.firstEntry().getValue(), gone)) {
                waiting--;
                enqueue(key, rows.pollFirstEntry().getValue());
            }
            return rows.isEmpty();
        });
    }

    private boolean isFree(Outbox.Key key, OutboxRow row, Set<Long> gone) {
        return row.predecessors().stream().allMatch(earlier -> gone.contains(earlier) || isAhead(key, earlier));
    }

    /** How many rows are in memory: in a lane, held back, or sent and not erased. */
    int size() {
        return waiting + sentNotErased.size();
    }

    private boolean isAhead(Outbox.Key key, long position) {
        if (sentNotErased.contains(position) || erasedLately.contains(position)) {
            return true;
        }
        var lane = lanes.get(key);
        return lane != null && lane.stream().anyMatch(row -> row.position() == position);
    }

    private void enqueue(Outbox.Key key, OutboxRow row) {
        var lane = lanes.computeIfAbsent(key, none -> new ArrayDeque<>(2));
        lane.add(row);
        waiting++;
        if (lane.size() == 1) {
            ready.add(row);
        }
    }

    private void letGo(Outbox.Key key, OutboxRow row) {
        var held = heldBack.get(key);
        if (held != null && held.remove(row.position()) != null) {
            waiting--;
            if (held.isEmpty()) {
                heldBack.remove(key);
            }
        }
    }

    private void forget(OutboxRow row) {
        waiting--;
        if (page != null && page.open.remove(row.position())) {
            page.failed = true;
        }
    }

    private static Outbox.Key key(OutboxRow row) {
        return new Outbox.Key(row.topic(), row.orderId());
    }
}
