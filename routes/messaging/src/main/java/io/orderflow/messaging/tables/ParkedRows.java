package io.orderflow.messaging.tables;

import com.github.f4b6a3.uuid.UuidCreator;
import io.orderflow.contracts.Role;
import io.orderflow.messaging.OwnPlan;
import io.orderflow.messaging.Parking.Parked;
import io.orderflow.messaging.Parking.Reason;
import io.orderflow.messaging.Parking.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The records that a role has parked, in the order in which they came; the {@link ParkedKeys} are their lock.
 */
public final class ParkedRows {

    private final JdbcTemplate jdbc;
    private final Role role;
    private final String schema;
    private final ParkedKeys keys;
    private final ParkedErasure erasure;
    private final ParkedLists lists;
    private final ReleaseRows releases;

    public ParkedRows(JdbcTemplate jdbc, Role role) {
        this.jdbc = jdbc;
        this.role = role;
        this.schema = role.name();
        this.keys = new ParkedKeys(jdbc, schema);
        this.erasure = new ParkedErasure(jdbc, schema, keys);
        this.lists = new ParkedLists(jdbc, role);
        this.releases = new ReleaseRows(jdbc, role);
    }

    public ParkedKeys keys() {
        return keys;
    }

    public ParkedErasure erasure() {
        return erasure;
    }

    public ParkedLists lists() {
        return lists;
    }

    public ReleaseRows releases() {
        return releases;
    }

    /** A parked record with its bytes, as it came. */
    public record Held(Parked event, Received received) {

        /** Whether it erases what its key held: it waits behind nothing, and is never too late. */
        public boolean erases() {
            return received.value() == null && event.reason() != Reason.UNREADABLE;
        }
    }

    /** The topic and key under which a record is parked, or was. */
    public record Place(String topic, String key) {}

    /**
     * Parks a record; empty if the same record was already. A reason that holds up the order also leaves its lock
     * behind.
     */
    public Optional<Parked> park(Received received, UUID orderId, String eventType, Fault fault) {
        if (fault.reason().holdsUpItsOrder()) {
            keys.lock(received.topic(), received.keyText());
        }
        var id = UuidCreator.getTimeOrderedEpoch();
        var stored = jdbc.queryForList(
                """
                insert into %s.parked (id, topic, partition, "offset", key, order_id, event_type, raw_key, value, headers, sha256,
                    reason, error, stack, attempts)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?)
                on conflict (topic, partition, "offset", sha256) do nothing
                returning parked_at""".formatted(schema),
                Timestamp.class,
                id,
                received.topic(),
                received.partition(),
                received.offset(),
                received.keyText(),
                orderId,
                eventType,
                received.key(),
                received.value(),
                KeptHeaders.write(received.headers()),
                received.sha256(),
                fault.reason().name(),
                fault.error(),
                fault.stack(),
                fault.attempts());
        return stored.isEmpty()
                ? parkedBefore(received)
                : Optional.of(parked(id, received, orderId, fault, stored.getFirst()));
    }

    private Parked parked(UUID id, Received received, UUID orderId, Fault fault, Timestamp at) {
        return new Parked(
                id,
                role,
                received.topic(),
                received.partition(),
                received.offset(),
                received.keyText(),
                orderId,
                fault.reason(),
                fault.error(),
                fault.attempts(),
                at.toInstant());
    }

    /** Whether the record is parked, or was. */
    public boolean has(Received received) {
        return !jdbc.queryForList(
                        "select 1 from %s.parked where topic = ? and partition = ? and \"offset\" = ?"
                                .formatted(schema),
                        received.topic(),
                        received.partition(),
                        received.offset())
                .isEmpty();
    }

    private Optional<Parked> parkedBefore(Received received) {
        keys.unlockIfEmpty(received.topic(), received.keyText());
        return Optional.empty();
    }

    /** The record, locked, if it is still parked. */
    public Optional<Held> take(UUID id) {
        return jdbc
                .query(
                        "select * from %s.parked where id = ? and state = 'PARKED' for update".formatted(schema),
                        this::held,
                        id)
                .stream()
                .findFirst();
    }

    /** Where a record is parked, or was, without a lock and without its bytes. */
    public Optional<Place> place(UUID id) {
        return jdbc
                .query(
                        "select topic, key from %s.parked where id = ?".formatted(schema),
                        (row, number) -> new Place(row.getString(1), row.getString(2)),
                        id)
                .stream()
                .findFirst();
    }

    /** The first parked record of an order's key on a topic that holds up the others. */
    public Optional<UUID> head(String topic, String key) {
        return jdbc.queryForList("""
                        select id from %s.parked
                        where topic = ? and key = ? and state = 'PARKED' and reason <> 'NOT_UNDERSTOOD'
                        order by position limit 1""".formatted(schema), UUID.class, topic, key).stream()
                .findFirst();
    }

    /** All that is parked, oldest first. */
    public List<Parked> list(int limit) {
        return jdbc.query(
                (ParkedRow.EVENTS + " from %s.parked where state = 'PARKED' order by position limit ?")
                        .formatted(schema),
                this::event,
                limit);
    }

    /** Whether a record has been parked for longer than this, and is no erasure. */
    public boolean isTooLate(UUID id, Duration time) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                """
                select exists (select from %s.parked
                    where id = ? and state = 'PARKED' and parked_at < now() - make_interval(secs => ?) and not %s)""".formatted(schema, ParkedErasure.ERASES), Boolean.class, id, time.toMillis() / 1000.0));
    }

    /** The state of a record; empty if it was never parked here. */
    public Optional<State> state(UUID id) {
        return jdbc
                .queryForList("select state from %s.parked where id = ?".formatted(schema), String.class, id)
                .stream()
                .map(State::valueOf)
                .findFirst();
    }

    private Held held(ResultSet row, int number) throws SQLException {
        var received = new Received(
                row.getString("topic"),
                row.getInt("partition"),
                row.getLong("offset"),
                row.getBytes("raw_key"),
                row.getBytes("value"),
                row.getTimestamp("parked_at").toInstant(),
                KeptHeaders.read(row.getString("headers")));
        return new Held(event(row, number), received);
    }

    private Parked event(ResultSet row, int number) throws SQLException {
        return ParkedRow.event(row, role);
    }

    /**
     * Marks a record as released or discarded and, if it was its key's last, lets the key's later events pass again.
     *
     * @param withItsBytes whether they stay for inspection
     */
    public void end(Held held, State state, boolean withItsBytes) {
        jdbc.update(
                """
                update %s.parked set state = ?, settled_at = now(),
                    tried_at = case when ? then now() else tried_at end,
                    value = case when ? then value end, headers = case when ? then headers else '[]' end,
                    stack = case when ? then stack end
                where id = ?""".formatted(schema),
                state.name(),
                state == State.RELEASED,
                withItsBytes,
                withItsBytes,
                withItsBytes,
                held.event().id());
        keys.unlockIfEmpty(held.received().topic(), held.received().keyText());
    }

    /** Notes that a release failed once more; the record stays the head of its key. */
    public void failedAgain(UUID id, Fault fault) {
        jdbc.update("""
                update %s.parked set attempts = attempts + 1, error = ?, stack = ?, tried_at = now()
                where id = ?""".formatted(schema), fault.error(), fault.stack(), id);
    }

    /**
     * Those of these orders that have a record parked: under their key on one of these topics, which is all that one
     * knows of bytes that cannot be read, or under another key, but about them.
     */
    public Set<UUID> parkedOrders(Collection<String> topics, Collection<UUID> orders) {
        return new HashSet<>(jdbc.query(
                """
                select key::uuid from %1$s.parked
                where state = 'PARKED' and topic = any(?) and key = any(?)
                union
                select order_id from %1$s.parked where state = 'PARKED' and order_id = any(?)""".formatted(schema),
                (row, number) -> row.getObject(1, UUID.class),
                topics.toArray(String[]::new),
                orders.stream().map(UUID::toString).toArray(String[]::new),
                orders.toArray(UUID[]::new)));
    }

    /** Why records of a topic were parked. */
    public record Cause(String topic, Reason reason) {}

    /** How many records are parked for each cause; it stops counting at a limit. */
    public Map<Cause, Long> count(int limit) {
        Map<Cause, Long> counts = new HashMap<>();
        jdbc.query("""
                with recursive cause as (
                    (select topic, reason from %1$s.parked where state = 'PARKED' order by topic, reason limit 1)
                    union all
                    select next.topic, next.reason from cause cross join lateral (
                        select topic, reason from %1$s.parked
                        where state = 'PARKED' and (topic, reason) > (cause.topic, cause.reason)
                        order by topic, reason limit 1) next)
                select topic, reason, (select count(*) from (
                    select from %1$s.parked waits
                    where state = 'PARKED' and waits.topic = cause.topic and waits.reason = cause.reason
                    order by position limit %2$d) counted)
                from cause""".formatted(schema, limit), row -> {
            counts.put(new Cause(row.getString(1), Reason.valueOf(row.getString(2))), row.getLong(3));
        });
        return counts;
    }

    public int forgetEnded(Duration age) {
        return OwnPlan.update(
                jdbc,
                "delete from %s.parked where state <> 'PARKED' and settled_at < now() - make_interval(secs => ?)"
                        .formatted(schema),
                age.toSeconds());
    }
}
