package io.orderflow.messaging.tables;

import com.github.f4b6a3.uuid.UuidCreator;
import io.orderflow.contracts.Channel;
import io.orderflow.contracts.Event;
import io.orderflow.contracts.Role;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The events that a role has decided to say and that the broker has not acknowledged yet.
 *
 * <p>Every store first takes the rows of the orders concerned in {@code outbox_sequence}, sorted: that gives the
 * sequence numbers, and it is the lock under which a transaction sees whether an order still has an earlier event on
 * its way. Such an event's successors carry its position, and the relay holds them back until it is gone.
 */
public final class Outbox {

    private final JdbcTemplate jdbc;
    private final String schema;
    private final EventCodec codec;
    private final int maxEventBytes;
    private final RefusedEvents refused;
    private final Behind behind;
    private final OldestRows oldest;
    private final Unsent unsent = new Unsent();

    /** @param maxEventBytes the largest event, checked before it is stored */
    public Outbox(JdbcTemplate jdbc, Role role, EventCodec codec, int maxEventBytes) {
        this.jdbc = jdbc;
        this.schema = role.name();
        this.codec = codec;
        this.maxEventBytes = maxEventBytes;
        this.refused = new RefusedEvents(jdbc, role);
        this.behind = new Behind(jdbc, schema);
        this.oldest = new OldestRows(jdbc, schema, refused);
    }

    public RefusedEvents refused() {
        return refused;
    }

    public Behind behind() {
        return behind;
    }

    /**
     * What a transaction has stored.
     *
     * @param before how it was before
     */
    public record Stored(List<OutboxRow> rows, Unsent.Before before) {}

    /**
     * Stores events in the running transaction, in the order given. Once it has committed, {@link #committed} is to be
     * told.
     */
    public Stored store(List<Announced> announced) {
        if (announced.isEmpty()) {
            return new Stored(List.of(), new Unsent.Before(Map.of(), Map.of()));
        }
        var numbers = lastNumbers(announced);
        var next = new HashMap<>(numbers);
        var drafts = announced.stream().map(one -> draft(one, next)).toList();
        var before = unsent.before(numbers, this::inTable);
        var positions = insert(drafts);
        Map<Key, List<Long>> told = new HashMap<>();
        List<OutboxRow> rows = new ArrayList<>(drafts.size());
        for (int i = 0; i < drafts.size(); i++) {
            var draft = drafts.get(i);
            var own = told.computeIfAbsent(new Key(draft.topic(), draft.orderId()), key -> new ArrayList<>());
            rows.add(draft.at(positions.get(i), before.of(draft.topic(), draft.orderId(), own)));
            own.add(positions.get(i));
        }
        return new Stored(rows, before);
    }

    /** What a transaction has stored is committed, and nobody has got it yet. */
    public void committed(Stored stored) {
        unsent.committed(stored.before(), stored.rows());
    }

    /** A row that has no place in the outbox yet. */
    private record Draft(
            UUID id,
            String topic,
            UUID orderId,
            String type,
            String value,
            String traceparent,
            long sequence,
            Instant occurredAt) {

        private OutboxRow at(long position, List<Long> predecessors) {
            return new OutboxRow(
                    position, id, topic, orderId, type, value, traceparent, occurredAt, predecessors, ReadAt.now());
        }
    }

    private Draft draft(Announced announced, Map<UUID, Long> sequences) {
        var event = announced.event();
        var channel = announced.channel();
        var id = UuidCreator.getTimeOrderedEpochPlus1();
        var type = Event.typeOf(event.getClass());
        long sequence = sequences.merge(event.orderId(), 1L, Long::sum);
        var value = event.getClass() == channel.tombstone()
                ? null
                : sized(codec.encode(new Envelope(id, sequence, event)), type);
        return new Draft(
                id,
                channel.topic(),
                event.orderId(),
                type,
                value,
                announced.traceparent(),
                sequence,
                event.occurredAt());
    }

    /** In one statement; answers the positions in the order of the drafts. */
    private List<Long> insert(List<Draft> drafts) {
        var sql = """
                insert into %s.outbox
                    (id, aggregatetype, aggregateid, type, payload, tracingspancontext, sequence, occurred_at)
                select id, topic, order_id, type, payload, trace, sequence, occurred_at
                from unnest(?::uuid[], ?::text[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::timestamptz[])
                    with ordinality as row (id, topic, order_id, type, payload, trace, sequence, occurred_at, place)
                order by place
                returning position""".formatted(schema);
        return jdbc.query(
                sql,
                (row, number) -> row.getLong(1),
                drafts.stream().map(Draft::id).toArray(UUID[]::new),
                drafts.stream().map(Draft::topic).toArray(String[]::new),
                drafts.stream().map(Draft::orderId).toArray(UUID[]::new),
                drafts.stream().map(Draft::type).toArray(String[]::new),
                drafts.stream().map(Draft::value).toArray(String[]::new),
                drafts.stream().map(Draft::traceparent).toArray(String[]::new),
                drafts.stream().map(Draft::sequence).toArray(Long[]::new),
                drafts.stream().map(draft -> draft.occurredAt().toString()).toArray(String[]::new));
    }

    /** A topic and an order: within one, events keep their order. */
    public record Key(String topic, UUID orderId) {}

    private String sized(String value, String type) {
        int bytes = value.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > maxEventBytes) {
            throw new IllegalArgumentException(type + ": " + bytes + " bytes (expected: <= " + maxEventBytes
                    + ", orderflow.messaging.max-event-bytes)");
        }
        return value;
    }

    /** Locks the orders' rows and answers the number of the last event before this transaction's. */
    private Map<UUID, Long> lastNumbers(List<Announced> announced) {
        Map<UUID, Long> counts = new TreeMap<>();
        announced.forEach(one -> counts.merge(one.event().orderId(), 1L, Long::sum));
        Map<UUID, Long> before = new HashMap<>();
        jdbc.query(
                """
                insert into %1$s.outbox_sequence as mine (order_id, last)
                select order_id, events from unnest(?::uuid[], ?::bigint[]) as row (order_id, events) order by order_id
                on conflict (order_id) do update set last = mine.last + excluded.last, last_at = excluded.last_at
                returning order_id, last""".formatted(schema),
                row -> {
                    var order = row.getObject(1, UUID.class);
                    before.put(order, row.getLong(2) - counts.get(order));
                },
                counts.keySet().toArray(UUID[]::new),
                counts.values().toArray(Long[]::new));
        return before;
    }

    /** The unsent events of these orders. */
    private List<Unsent.Event> inTable(Collection<UUID> orders) {
        return jdbc.query(
                "select aggregateid, aggregatetype, position from %s.outbox where aggregateid = any(?)"
                        .formatted(schema),
                (row, number) -> new Unsent.Event(row.getObject(1, UUID.class), row.getString(2), row.getLong(3)),
                (Object) orders.toArray(UUID[]::new));
    }

    /** Which of these positions are still in the table. */
    public Collection<Long> present(Collection<Long> positions) {
        return jdbc.query(
                "select position from %s.outbox where position = any(?)".formatted(schema),
                (row, number) -> row.getLong(1),
                (Object) positions.toArray(Long[]::new));
    }

    /**
     * Deletes what the broker has acknowledged. A crash that undoes the deletion makes the event a duplicate, which the
     * readers' inboxes absorb, so the commit need not wait for the disk.
     */
    public void delete(Collection<OutboxRow> rows) {
        jdbc.query("""
                with relaxed as (select set_config('synchronous_commit', 'off', true))
                delete from %s.outbox using relaxed where position = any(?)
                returning 1""".formatted(schema), row -> {}, (Object)
                rows.stream().map(OutboxRow::position).toArray(Long[]::new));
        unsent.erased(rows);
    }

    /**
     * Rows older than an age by the database's clock, oldest first, none before an earlier one of its own order and
     * topic.
     *
     * @param limit how many; fewer where they are large, for all are read at once
     * @param paused topics that cannot be written at the moment; their rows would hide the others
     */
    public List<OutboxRow> leftBehind(Duration age, int limit, Collection<String> paused) {
        return oldest.leftBehind(age, limit, paused);
    }

    /** Whether rows of these topics are older than an age. */
    public boolean anyOlderThan(Duration age, Collection<String> topics) {
        return oldest.anyOlderThan(age, topics);
    }

    /**
     * How long the oldest row has waited, by the database's clock, those of orders aside that wait behind an event that
     * the broker refuses; zero if there is none.
     */
    public Duration oldestAge() {
        return oldest.age();
    }

    /** The same of the rows of these channels. */
    public Duration oldestAge(Collection<Channel> channels) {
        return oldest.age(channels);
    }

    /** How many rows there are, up to a limit; beyond some thousands it is an estimate. */
    public long depth(int limit) {
        return oldest.count(limit);
    }
}
