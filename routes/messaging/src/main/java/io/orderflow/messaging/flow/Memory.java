package io.orderflow.messaging.flow;

import io.orderflow.messaging.tables.WorkItem;
import io.orderflow.messaging.tables.WorkRows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * What one channel's workers have been handed over and have no place for yet, and who may be handed over at all: as
 * long as older requests may wait in the table nobody, so that they are not overtaken for ever. What there is no room
 * for is left in the table, and everything after it until a look has found no more there.
 */
final class Memory {

    private final Places places;
    private final int most;
    private final long lookEveryNanos;
    private final Deque<WorkItem> waiting = new ArrayDeque<>();
    private int promised;
    private boolean open;
    private long left;
    private long found;
    private long lookedAt;
    private boolean findsTried;

    /**
     * Room that is kept for requests of a transaction until it has ended.
     *
     * @param begins for how many there is a place
     * @param waits how many more may wait here
     */
    record Room(int begins, int waits) {

        private static final Room NONE = new Room(0, 0);
    }

    /** @param lookEvery how long newcomers may take every place before there must have been a look into the table */
    Memory(Places places, int most, Duration lookEvery) {
        this.places = places;
        this.most = most;
        this.lookEveryNanos = lookEvery.toNanos();
    }

    /** Begins anew; what is in the table is not known. */
    synchronized void open() {
        left++;
        lookedAt = System.nanoTime() - lookEveryNanos;
        open = true;
    }

    /** Takes no more, and gives what waited. */
    synchronized List<WorkItem> close() {
        open = false;
        return take(waiting.size());
    }

    /** Keeps room for so many requests, or for as many as there is room for; {@link #keep} ends that. */
    synchronized Room reserve(int requests) {
        if (!open || mayBeLeft()) {
            return Room.NONE;
        }
        boolean lookIsLate = System.nanoTime() - lookedAt >= 2 * lookEveryNanos;
        int begins = waiting.isEmpty() && !lookIsLate ? places.takeAtOnce(requests) : 0;
        int waits = Math.clamp(most - waiting.size() - promised, 0, requests - begins);
        promised += waits;
        return new Room(begins, waits);
    }

    /**
     * Keeps these in the room that was kept for them.
     *
     * @return false if nobody is there any more to begin them
     */
    synchronized boolean keep(Room room, List<WorkItem> items) {
        promised -= room.waits();
        if (open) {
            waiting.addAll(items);
        }
        return open || items.isEmpty();
    }

    /** Gives those that have waited longest, at most so many. */
    synchronized List<WorkItem> take(int atMost) {
        List<WorkItem> first = new ArrayList<>();
        while (first.size() < atMost && !waiting.isEmpty()) {
            first.add(waiting.remove());
        }
        return first;
    }

    /**
     * Takes out those behind the first tenth of what there is room for, if the first of them has waited for too long:
     * they are left to the table, and so is what comes after them.
     *
     * @param leaseLeft with less than that one has waited for too long
     */
    synchronized List<WorkItem> giveWay(Duration leaseLeft) {
        List<WorkItem> last = waiting.stream().skip(tenth()).toList();
        if (last.isEmpty() || last.getFirst().leaseLeft().compareTo(leaseLeft) >= 0) {
            return List.of();
        }
        last.forEach(item -> waiting.removeLast());
        left++;
        return last;
    }

    /**
     * They wait before all others.
     *
     * @return false if nobody is there any more to begin them
     */
    synchronized boolean putFirst(List<WorkItem> first) {
        if (open) {
            first.reversed().forEach(waiting::addFirst);
        }
        return open || first.isEmpty();
    }

    private int tenth() {
        return (most + 9) / 10;
    }

    /** How many a look into the table may find for it; none while it finds what was tried before, which cannot wait. */
    synchronized int lacks() {
        return findsTried ? 0 : Math.max(0, Math.min(tenth(), most - promised) - waiting.size());
    }

    /** When the first was asked for, by the database's clock; null if nobody waits. */
    synchronized Instant oldest() {
        return waiting.isEmpty() ? null : waiting.peek().born();
    }

    synchronized List<WorkItem> waiting() {
        return List.copyOf(waiting);
    }

    /** Requests were left in the table. */
    synchronized void leave() {
        left++;
    }

    /** Whether older requests may wait in the table. */
    synchronized boolean mayBeLeft() {
        return left != found;
    }

    /** Whether it is time to look into the table, for so many places. */
    synchronized boolean mustLook(int free) {
        return mayBeLeft() && waiting.size() < free || System.nanoTime() - lookedAt >= lookEveryNanos;
    }

    /** How often something was left by now; whoever looks into the table asks before. */
    synchronized long left() {
        return left;
    }

    /**
     * Somebody has looked into the table.
     *
     * @param before what had been left before the look
     * @param oldest who waited here for longest, and only older ones were looked for; null if nobody, and all were
     * @param claimed what was found
     */
    synchronized void looked(long before, Instant oldest, WorkRows.Claimed claimed) {
        lookedAt = System.nanoTime();
        findsTried = claimed.begun().stream().anyMatch(item -> item.attempt() > 1);
        if (!claimed.isAll()) {
            left++;
        } else if (oldest == null) {
            found = before;
        }
    }
}
