package io.orderflow.messaging.relay;

import io.orderflow.messaging.tables.Outbox;
import io.orderflow.messaging.tables.OutboxRow;
import io.orderflow.messaging.tables.ReadAt;
import io.orderflow.messaging.tables.Unsent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Two instances' {@link Lanes} between a table and a broker that are maps, driven by chance: what is handed off comes
 * late, in any order or never; what is sent arrives, is acknowledged, fails before or after it arrived, or arrives long
 * after it has failed; rows are erased and swept by either instance, from looks at the table that are old by now;
 * topics close, and instances are killed.
 */
final class RelayModel {

    private static final int INSTANCES = 2;
    private static final int PAGE = 4;
    private static final int OLD = 25;
    private static final int ROUNDS = 500;
    private static final List<UUID> ORDERS =
            IntStream.range(0, 2).mapToObj(i -> new UUID(0, i)).toList();
    private static final List<String> TOPICS = List.of("events", "contacts");

    private final Random random;
    private final TreeMap<Long, Stored> table = new TreeMap<>();
    private final List<OutboxRow> stored = new ArrayList<>();
    private final List<OutboxRow> broker = new ArrayList<>();
    private final List<OutboxRow> ghosts = new ArrayList<>();
    private final List<Instance> instances =
            IntStream.range(0, INSTANCES).mapToObj(i -> new Instance()).toList();
    private int now;

    private record Stored(OutboxRow row, int since) {}

    /** What a process has in its memory. */
    private static final class Instance {
        private Lanes lanes;
        private Unsent unsent;
        private final List<Runnable> arriving = new ArrayList<>();
        private final Set<OutboxRow> sent = new LinkedHashSet<>();
        private final Set<OutboxRow> written = new LinkedHashSet<>();
        private final List<OutboxRow> acknowledged = new ArrayList<>();
        private final Set<String> closed = new LinkedHashSet<>();
        private boolean sweeping;
        private boolean looking;

        private Instance() {
            restart();
        }

        private void restart() {
            lanes = new Lanes();
            unsent = new Unsent();
            arriving.clear();
            sent.clear();
            written.clear();
            acknowledged.clear();
            closed.clear();
            sweeping = false;
            looking = false;
        }
    }

    private RelayModel(long seed) {
        this.random = new Random(seed);
    }

    /** Runs once; answers what went wrong, or null. */
    static String run(long seed) {
        var model = new RelayModel(seed);
        int steps = 20 + model.random.nextInt(100);
        for (int i = 0; i < steps; i++) {
            model.step();
        }
        for (int i = 0; i < ROUNDS && !model.isQuiet(); i++) {
            model.instances.forEach(model::calm);
        }
        return model.verdict();
    }

    private boolean isQuiet() {
        return table.isEmpty() && instances.stream().allMatch(one -> one.arriving.isEmpty() && one.lanes.size() == 0);
    }

    private String verdict() {
        if (!isQuiet()) {
            return "no end: in the table %s, in memory %s"
                    .formatted(
                            table.keySet(),
                            instances.stream().map(one -> one.lanes.size()).toList());
        }
        Map<Outbox.Key, List<Long>> expected = new HashMap<>();
        Map<Outbox.Key, LinkedHashSet<Long>> seen = new HashMap<>();
        stored.forEach(row ->
                expected.computeIfAbsent(key(row), none -> new ArrayList<>()).add(row.position()));
        broker.forEach(row ->
                seen.computeIfAbsent(key(row), none -> new LinkedHashSet<>()).add(row.position()));
        for (var one : expected.entrySet()) {
            var first = List.copyOf(seen.getOrDefault(one.getKey(), new LinkedHashSet<>()));
            if (!first.equals(one.getValue())) {
                return one.getKey() + ": " + first + " (expected: " + one.getValue() + ")";
            }
        }
        return null;
    }

    private static Outbox.Key key(OutboxRow row) {
        return new Outbox.Key(row.topic(), row.orderId());
    }

    private void step() {
        now++;
        var instance = instances.get(random.nextInt(INSTANCES));
        switch (random.nextInt(14)) {
            case 0, 1 -> arrives(instance);
            case 2 -> write(instance);
            case 3, 4 -> acknowledge(instance);
            case 5 -> erase(instance);
            case 6 -> sweep(instance);
            case 7 -> look(instance);
            case 8 -> instance.closed.clear();
            case 9, 10, 11 -> transact(instance);
            case 12 -> fail(instance);
            default -> trouble(instance);
        }
        settle(instance, random.nextInt(40) == 0);
    }

    /** Nothing new and nothing bad happens any more. */
    private void calm(Instance instance) {
        now += OLD;
        instance.closed.clear();
        sweep(instance);
        look(instance);
        while (!instance.arriving.isEmpty()) {
            arrives(instance);
            settle(instance, false);
        }
        while (!instance.sent.isEmpty()) {
            write(instance);
            acknowledge(instance);
            settle(instance, false);
        }
        erase(instance);
    }

    private void trouble(Instance instance) {
        switch (random.nextInt(4)) {
            case 0 -> {
                ghosts.addAll(instance.sent);
                instance.restart();
            }
            case 1 -> {
                var topic = TOPICS.get(random.nextInt(TOPICS.size()));
                instance.closed.add(topic);
                instance.lanes.close(topic);
            }
            default -> {
                if (!ghosts.isEmpty()) {
                    broker.add(ghosts.remove(random.nextInt(ghosts.size())));
                }
            }
        }
    }

    /** Sends what may go; sometimes the producer refuses a row at once, as one that is too large. */
    private void settle(Instance instance, boolean refused) {
        for (var row = instance.lanes.next(); row != null; row = instance.lanes.next()) {
            if (refused) {
                instance.lanes.failed(row);
            } else {
                instance.sent.add(row);
            }
        }
        instance.lanes.swept().ifPresent(complete -> instance.sweeping = false);
    }

    /**
     * The rows of a transaction: it knew, under the orders' locks, which earlier ones were in the table, and knows its
     * own. Not every one is handed off.
     */
    private void transact(Instance instance) {
        List<Outbox.Key> keys = new ArrayList<>();
        int size = 1 + random.nextInt(3);
        for (int i = 0; i < size; i++) {
            var order = ORDERS.get(random.nextInt(ORDERS.size()));
            keys.add(new Outbox.Key(TOPICS.get(random.nextInt(3) / 2), order));
        }
        var before = instance.unsent.before(numbers(keys), this::inTable);
        List<OutboxRow> rows = new ArrayList<>();
        Map<Outbox.Key, List<Long>> told = new HashMap<>();
        for (var key : keys) {
            long position = stored.size() + rows.size() + 1L;
            var own = told.computeIfAbsent(key, none -> new ArrayList<>());
            rows.add(row(position, key, before.of(key.topic(), key.orderId(), own)));
            own.add(position);
        }
        rows.forEach(row -> table.put(row.position(), new Stored(row, now)));
        stored.addAll(rows);
        if (random.nextInt(5) > 0) {
            var closed = Set.copyOf(instance.closed);
            instance.arriving.add(() -> {
                instance.unsent.committed(before, rows);
                instance.lanes.take(rows, closed);
            });
        }
    }

    /** The number of each order's last event. */
    private Map<UUID, Long> numbers(List<Outbox.Key> keys) {
        Map<UUID, Long> numbers = new HashMap<>();
        keys.forEach(key -> numbers.put(
                key.orderId(),
                stored.stream()
                        .filter(row -> row.orderId().equals(key.orderId()))
                        .count()));
        return numbers;
    }

    private List<Unsent.Event> inTable(Collection<UUID> orders) {
        return table.values().stream()
                .map(Stored::row)
                .filter(row -> orders.contains(row.orderId()))
                .map(row -> new Unsent.Event(row.orderId(), row.topic(), row.position()))
                .toList();
    }

    private static OutboxRow row(long position, Outbox.Key key, List<Long> earlier) {
        var order = key.orderId();
        return new OutboxRow(
                position, order, key.topic(), order, "Any", "{}", null, Instant.EPOCH, earlier, ReadAt.now());
    }

    private void arrives(Instance instance) {
        if (!instance.arriving.isEmpty()) {
            instance.arriving.remove(random.nextInt(instance.arriving.size())).run();
        }
    }

    private void write(Instance instance) {
        var row = any(instance.sent);
        if (row != null && instance.written.add(row)) {
            broker.add(row);
        }
    }

    private void acknowledge(Instance instance) {
        var row = any(instance.written);
        if (row != null) {
            instance.sent.remove(row);
            instance.written.remove(row);
            instance.lanes.acknowledged(row);
            instance.acknowledged.add(row);
        }
    }

    /** The client gives a row up; it may be written by now, or will be. */
    private void fail(Instance instance) {
        var row = any(instance.sent);
        if (row != null) {
            instance.sent.remove(row);
            if (!instance.written.remove(row)) {
                ghosts.add(row);
            }
            instance.lanes.failed(row);
            instance.closed.add(row.topic());
            instance.lanes.close(row.topic());
        }
    }

    private void erase(Instance instance) {
        if (!instance.acknowledged.isEmpty()) {
            var rows = List.copyOf(instance.acknowledged);
            var positions = rows.stream().map(OutboxRow::position).toList();
            instance.acknowledged.clear();
            positions.forEach(table::remove);
            instance.unsent.erased(rows);
            instance.arriving.add(() -> instance.lanes.erased(positions));
        }
    }

    /** Both may believe that they hold the lease. */
    private void sweep(Instance instance) {
        if (instance.sweeping || instance.lanes.isSweeping()) {
            return;
        }
        var closed = Set.copyOf(instance.closed);
        var rows = table.values().stream()
                .filter(one -> one.since() < now - OLD)
                .map(Stored::row)
                .filter(row -> !closed.contains(row.topic()))
                .map(row -> new OutboxRow(
                        row.position(),
                        row.id(),
                        row.topic(),
                        row.orderId(),
                        row.type(),
                        row.value(),
                        null,
                        row.occurredAt(),
                        List.of(),
                        ReadAt.now()))
                .limit(PAGE)
                .toList();
        if (rows.isEmpty()) {
            return;
        }
        instance.sweeping = true;
        instance.arriving.add(() -> instance.lanes.sweep(rows, Set.copyOf(instance.closed)));
    }

    private void look(Instance instance) {
        if (instance.looking || !instance.lanes.holdsBack()) {
            return;
        }
        instance.looking = true;
        var gone = instance.lanes.awaited();
        gone.removeAll(table.keySet());
        instance.arriving.add(() -> {
            instance.looking = false;
            instance.lanes.release(gone);
        });
    }

    private <T> T any(Set<T> all) {
        return all.isEmpty()
                ? null
                : all.stream().skip(random.nextInt(all.size())).findFirst().orElseThrow();
    }
}
