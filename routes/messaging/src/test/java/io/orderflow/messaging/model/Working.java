package io.orderflow.messaging.model;

import io.orderflow.contracts.Role;
import io.orderflow.messaging.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A service's work and its workers. A row that was just stored may have been left in the table for want of room, or be
 * leased to the process that stored it, which hands it over to a worker, keeps it in memory, or dies before it does
 * either. To claim, to begin from memory, each call to the outside, and to record are steps of their own; a lease that
 * runs out gives a row to another worker while the first still has it, at work or in memory.
 */
final class Working implements Actor {

    private static final Duration LEASE = Duration.ofSeconds(20);
    private static final int LONGEST_PAUSE_SECONDS = 30;
    private static final int HOLDERS = 2;

    private final Role role;
    private final Flows flows;
    private final Outside outside;
    private final ModelTime time;
    private final Transactions transactions;
    private final Map<Key, Row> rows = new LinkedHashMap<>();
    private final Map<Key, Integer> rowsEver = new HashMap<>();
    private final Map<Key, Integer> doubts = new HashMap<>();
    private final Map<Key, Integer> unknownEnds = new HashMap<>();
    private final List<Worker> workers = new ArrayList<>();
    private final List<Row> memory = new ArrayList<>();

    /** The same again is not stored while the first is there. */
    record Key(String channel, UUID order, String subject) {

        @Override
        public String toString() {
            return channel + " of order " + Names.of(order) + (subject.isEmpty() ? "" : " " + subject);
        }
    }

    /**
     * A row of work.
     *
     * @param number of this key's rows; a row that is gone never comes back under its number
     * @param attempt how often it was begun; the last who did has the lease, as long as it is leased
     * @param inDoubt whether an attempt at it had its lease when it was claimed; then it stays so
     * @param isNew whether it is still open how it was born
     */
    record Row(
            Key key,
            int number,
            Work work,
            Instant dueAt,
            int attempt,
            boolean leased,
            boolean inDoubt,
            boolean isNew) {

        private Row claimed(Instant leaseEnd) {
            return new Row(key, number, work, leaseEnd, attempt + 1, true, leased && attempt > 0, false);
        }

        private Row givenBack(Instant due) {
            return new Row(key, number, work, due, attempt, inDoubt, inDoubt, false);
        }

        /** It was born leased, and a worker begins it at once, or it waits in memory. */
        private Row born(boolean begins) {
            return new Row(key, number, work, bornLeaseEnd(), begins ? 1 : 0, true, false, false);
        }

        private Instant bornLeaseEnd() {
            return dueAt.plus(LEASE);
        }

        /** It waited in memory. */
        private Row begun() {
            return new Row(key, number, work, dueAt, 1, true, false, false);
        }

        /** It was born due. */
        private Row leftInTheTable() {
            return new Row(key, number, work, dueAt, attempt, leased, inDoubt, false);
        }
    }

    /**
     * Somebody who carries out a row.
     *
     * @param answers what the outside has told so far
     * @param result where the answer goes; null while there is more to call
     */
    private record Worker(Row row, List<Object> answers, List<Flows.Sent> result) {}

    private record Saved(
            Map<Key, Row> rows,
            Map<Key, Integer> rowsEver,
            Map<Key, Integer> doubts,
            Map<Key, Integer> unknownEnds,
            List<Worker> workers,
            List<Row> memory) {}

    Working(Role role, Flows flows, Outside outside, ModelTime time, Transactions transactions) {
        this.role = role;
        this.flows = flows;
        this.outside = outside;
        this.time = time;
        this.transactions = transactions;
    }

    /** Part of a transaction that commits. */
    void store(Flows.Requested one) {
        var key = new Key(one.channel(), one.work().orderId(), one.work().subject());
        if (!rows.containsKey(key)) {
            int number = rowsEver.merge(key, 1, Integer::sum);
            rows.put(
                    key,
                    new Row(
                            key,
                            number,
                            one.work(),
                            time.instant().plus(one.work().delay()),
                            0,
                            false,
                            false,
                            !one.work().delay().isPositive()));
        }
    }

    /** Likewise. */
    void delete(Row done) {
        if (isStored(done)) {
            rows.remove(done.key());
        }
    }

    private boolean isStored(Row row) {
        var now = rows.get(row.key());
        return now != null && now.number() == row.number();
    }

    @Override
    public void offer(Offers offers) {
        for (var row : rows.values()) {
            if (!row.dueAt().isAfter(time.instant()) && holders(row) < HOLDERS) {
                offers.step(() -> role + " claims " + row.key(), () -> claim(row));
            }
        }
        rows.values().stream().filter(this::mayBeHandedOver).forEach(row -> offerNew(offers, row));
        memory.forEach(row -> offers.step(() -> role + " begins from memory " + row.key(), () -> beginFromMemory(row)));
        workers.forEach(worker -> offer(offers, worker));
    }

    /** As long as its lease lasts, if it was born with one. */
    private boolean mayBeHandedOver(Row row) {
        return row.isNew() && row.bornLeaseEnd().isAfter(time.instant());
    }

    private void offerNew(Offers offers, Row row) {
        var begun = row.born(true);
        offers.step(() -> role + " hands over " + row.key(), () -> {
            rows.put(row.key(), begun);
            workers.add(new Worker(begun, List.of(), null));
        });
        offers.step(() -> role + " keeps in memory " + row.key(), () -> {
            rows.put(row.key(), row.born(false));
            memory.add(row.born(false));
        });
        offers.step(Kind.CRASH, () -> role + " dies before it begins " + row.key(), () -> rows.put(row.key(), begun));
    }

    /** Unless another has taken it meanwhile. */
    private void beginFromMemory(Row row) {
        memory.remove(row);
        if (row.equals(rows.get(row.key()))) {
            rows.put(row.key(), row.begun());
            workers.add(new Worker(row.begun(), List.of(), null));
        }
    }

    private void offer(Offers offers, Worker worker) {
        var key = worker.row().key();
        if (worker.result() == null) {
            for (var manner : Manner.values()) {
                offers.step(
                        manner.kind,
                        () -> role + " carries out " + key + ", attempt "
                                + worker.row().attempt() + ", call "
                                + (worker.answers().size() + 1) + ": " + manner,
                        () -> call(worker, manner));
            }
        } else {
            offers.step(() -> role + " records of " + key + ": " + worker.result(), () -> record(worker));
            offers.step(Kind.ROLLBACK, () -> role + " fails to record " + key, () -> worker.result()
                    .forEach(message -> transactions.run(List.of(message), null, false)));
        }
        offers.step(Kind.CRASH, () -> role + "'s worker dies: " + key, () -> {
            workers.remove(worker);
            diedHolding(worker);
        });
    }

    private void claim(Row row) {
        if (holders(row) > 0) {
            doubt(row);
        }
        var claimed = row.claimed(time.instant().plus(LEASE));
        if (claimed.inDoubt()) {
            unknownEnds.merge(row.key(), 1, Integer::sum);
        }
        rows.put(row.key(), claimed);
        workers.add(new Worker(claimed, List.of(), null));
    }

    private long holders(Row row) {
        return workers.stream()
                .filter(worker -> worker.row().key().equals(row.key()))
                .count();
    }

    private void call(Worker worker, Manner manner) {
        var row = worker.row();
        outside.begin(worker.answers(), manner);
        workers.remove(worker);
        try {
            var sent = flows.carryOut(row.key().channel(), row.work(), row.attempt(), row.inDoubt());
            workers.add(new Worker(row, outside.answers(), sent));
        } catch (RuntimeException e) {
            if (outside.isPaused()) {
                workers.add(new Worker(row, outside.answers(), null));
            } else {
                giveBack(row);
            }
        }
    }

    /** It comes again after a while, unless another worker holds it by now. */
    private void giveBack(Row row) {
        var now = rows.get(row.key());
        if (isStored(row) && now.leased() && now.attempt() == row.attempt()) {
            long pause = Math.min(LONGEST_PAUSE_SECONDS, 1L << Math.min(5, row.attempt() - 1));
            rows.put(row.key(), now.givenBack(time.instant().plusSeconds(pause)));
        }
    }

    private void record(Worker worker) {
        workers.remove(worker);
        if (worker.result().isEmpty()) {
            delete(worker.row());
        }
        worker.result().forEach(message -> transactions.run(List.of(message), worker.row(), true));
    }

    void crash() {
        workers.forEach(this::diedHolding);
        workers.clear();
        memory.clear();
        rows.replaceAll((key, row) -> row.leftInTheTable());
    }

    private void diedHolding(Worker worker) {
        if (!worker.answers().isEmpty()) {
            doubt(worker.row());
        }
    }

    /** A call may be made once more, because nobody knows that it was made. */
    private void doubt(Row row) {
        doubts.merge(row.key(), 1, Integer::sum);
    }

    int doubts(String channel, UUID order, String subject) {
        return doubts.getOrDefault(new Key(channel, order, subject), 0);
    }

    /** How often it was claimed by somebody who had to be told that the end of an attempt is not known. */
    int unknownEnds(String channel, UUID order, String subject) {
        return unknownEnds.getOrDefault(new Key(channel, order, subject), 0);
    }

    /** When the next row is due that is not due now. */
    Optional<Instant> nextDue() {
        return rows.values().stream()
                .map(Row::dueAt)
                .filter(time.instant()::isBefore)
                .min(Instant::compareTo);
    }

    boolean isEmpty() {
        return rows.isEmpty() && workers.isEmpty() && memory.isEmpty();
    }

    @Override
    public Object save() {
        return new Saved(
                Map.copyOf(rows),
                Map.copyOf(rowsEver),
                Map.copyOf(doubts),
                Map.copyOf(unknownEnds),
                List.copyOf(workers),
                List.copyOf(memory));
    }

    @Override
    public void restore(Object saved) {
        var state = (Saved) saved;
        replace(rows, state.rows());
        replace(rowsEver, state.rowsEver());
        replace(doubts, state.doubts());
        replace(unknownEnds, state.unknownEnds());
        workers.clear();
        workers.addAll(state.workers());
        memory.clear();
        memory.addAll(state.memory());
    }

    private static <K, V> void replace(Map<K, V> map, Map<K, V> by) {
        map.clear();
        map.putAll(by);
    }
}
