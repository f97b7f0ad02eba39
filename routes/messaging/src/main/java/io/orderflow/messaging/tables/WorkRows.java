package io.orderflow.messaging.tables;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.github.f4b6a3.uuid.UuidCreator;
import io.orderflow.contracts.Role;
import io.orderflow.messaging.Work;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The requests that a role's workers have still to carry out. A claim moves a row's due time ahead by the lease, by the
 * database's clock, so that a worker that dies gives it back without doing anything.
 */
public final class WorkRows {

    private static final JsonMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    /** Longer than any answer is waited for: what is under way even so hangs. */
    private static final Duration LONGEST_THOUGHT = Duration.ofMinutes(20);

    private final JdbcTemplate jdbc;
    private final String schema;
    private final Map<String, Semaphore> bells = new ConcurrentHashMap<>();

    public WorkRows(JdbcTemplate jdbc, Role role) {
        this.jdbc = jdbc;
        this.schema = role.name();
    }

    /** A claimed piece of work. */
    public static final class Item {
        private final UUID id;
        private final UUID lease;
        private final UUID orderId;
        private final String body;
        private final String traceparent;
        private final int attempt;
        private volatile long leaseEnd;
        private volatile boolean inDoubt;
        private volatile boolean complete;

        private Item(ResultSet row, UUID lease, long leaseEnd) throws SQLException {
            this.id = row.getObject("id", UUID.class);
            this.lease = lease;
            this.orderId = row.getObject("order_id", UUID.class);
            this.body = row.getString("body");
            this.traceparent = row.getString("tracingspancontext");
            this.attempt = row.getInt("attempts");
            this.inDoubt = row.getBoolean("in_doubt");
            this.leaseEnd = leaseEnd;
        }

        public UUID id() {
            return id;
        }

        public UUID orderId() {
            return orderId;
        }

        /**
         * @throws IllegalStateException if this version knows no such work
         */
        public Work work() {
            return read(body);
        }

        public String traceparent() {
            return traceparent;
        }

        public int attempt() {
            return attempt;
        }

        /** How long no other worker may take it, unless its lease is renewed. */
        public Duration leaseLeft() {
            return Duration.ofNanos(leaseEnd - System.nanoTime());
        }

        /** Nobody knows what became of an attempt at it. */
        public boolean isInDoubt() {
            return inDoubt;
        }

        /** It was carried out, and what came of it could not be recorded. */
        public void doubt() {
            inDoubt = true;
        }

        /** Its row was deleted by the transaction that recorded its answer. */
        public void complete() {
            complete = true;
        }

        public boolean isComplete() {
            return complete;
        }
    }

    /** Rings when work for this channel may have come. */
    public Semaphore bell(String channel) {
        return bells.computeIfAbsent(channel, name -> new Semaphore(0));
    }

    public void wake(String channel) {
        bell(channel).release();
    }

    /**
     * Stores requests in the running transaction; one that is there already for the same order and subject is not
     * stored again. One that is put off grows old from when it is due: until then nobody is waited for.
     */
    public void store(Map<String, List<Requested>> requests) {
        if (requests.isEmpty()) {
            return;
        }
        List<Map.Entry<String, Requested>> rows = new ArrayList<>();
        requests.forEach((channel, several) -> several.forEach(one -> rows.add(Map.entry(channel, one))));
        jdbc.update(
                """
                insert into %s.work (id, channel, order_id, subject, body, tracingspancontext, created_at, due_at)
                select id, channel, order_id, subject, body, trace, due, due
                from (select *, clock_timestamp() + make_interval(secs => delay) as due
                    from unnest(?::uuid[], ?::text[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::float8[])
                        as row (id, channel, order_id, subject, body, trace, delay)) as request
                order by channel, order_id, subject
                on conflict (channel, order_id, subject) do nothing""".formatted(schema),
                column(rows, UUID[]::new, (channel, one) -> UuidCreator.getTimeOrderedEpochPlus1()),
                column(rows, String[]::new, (channel, one) -> channel),
                column(rows, UUID[]::new, (channel, one) -> one.work().orderId()),
                column(rows, String[]::new, (channel, one) -> one.work().subject()),
                column(rows, String[]::new, (channel, one) -> write(one.work())),
                column(rows, String[]::new, (channel, one) -> one.traceparent()),
                column(rows, Double[]::new, (channel, one) -> one.work().delay().toMillis() / 1000.0));
    }

    private static <T> T[] column(
            List<Map.Entry<String, Requested>> rows, IntFunction<T[]> array, BiFunction<String, Requested, T> value) {
        return rows.stream()
                .map(row -> value.apply(row.getKey(), row.getValue()))
                .toArray(array);
    }

    private static String write(Work work) {
        try {
            return JSON.writeValueAsString(new Stored(work.getClass().getName(), JSON.valueToTree(work)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Stored(String type, JsonNode work) {}

    private static Work read(String body) {
        try {
            var stored = JSON.readValue(body, Stored.class);
            var type = Class.forName(stored.type());
            if (!Work.class.isAssignableFrom(type)) {
                throw new IllegalStateException("work: " + stored.type() + " (expected: a Work)");
            }
            return (Work) JSON.treeToValue(stored.work(), type);
        } catch (JsonProcessingException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Claims up to so many due rows for a lease. They are picked once, before: a subquery may be asked again for each
     * row of the table, and would find others, for it skips what it has locked. A crash that undoes a claim leaves the
     * rows due, which is what a lease that ends does, so the commit need not wait for the disk.
     *
     * <p>A row that still has a lease was not given back: what became of the attempt before is not known.
     */
    public List<Item> claim(String channel, int most, Duration lease) {
        var holder = UUID.randomUUID();
        long leaseEnd = System.nanoTime() + lease.toNanos();
        return jdbc.query(
                """
                with relaxed as (select set_config('synchronous_commit', 'off', true)),
                due as materialized (
                    select id, lease is not null as in_doubt from %1$s.work
                    where channel = ? and due_at <= statement_timestamp()
                    order by due_at limit ? for update skip locked)
                update %1$s.work set lease = ?, attempts = attempts + 1, due_at = clock_timestamp() + make_interval(secs => ?)
                from relaxed, due where work.id = due.id
                returning work.id, order_id, body, tracingspancontext, attempts, in_doubt""".formatted(schema),
                (row, number) -> new Item(row, holder, leaseEnd),
                channel,
                most,
                holder,
                lease.toMillis() / 1000.0);
    }

    /**
     * Lets workers keep what they hold for another lease; what another has taken meanwhile stays with it, and a row
     * that is locked is just being finished.
     */
    public void renew(List<Item> items, Duration lease) {
        if (items.isEmpty()) {
            return;
        }
        long leaseEnd = System.nanoTime() + lease.toNanos();
        jdbc.update(
                """
                with mine as materialized (
                    select work.id from %1$s.work
                    join unnest(?::uuid[], ?::uuid[]) as held (id, lease) on work.id = held.id and work.lease = held.lease
                    for update of work skip locked)
                update %1$s.work set due_at = clock_timestamp() + make_interval(secs => ?)
                from mine where work.id = mine.id""".formatted(schema),
                items.stream().map(Item::id).toArray(UUID[]::new),
                items.stream().map(item -> item.lease).toArray(UUID[]::new),
                lease.toMillis() / 1000.0);
        items.forEach(item -> item.leaseEnd = leaseEnd);
    }

    /**
     * Deletes finished work; a row whose lease has gone to another worker is deleted all the same, for its answer is
     * recorded.
     */
    public void delete(List<UUID> ids) {
        if (!ids.isEmpty()) {
            jdbc.update("delete from %s.work where id = any(?)".formatted(schema), (Object) ids.toArray(UUID[]::new));
        }
    }

    /**
     * Gives a row back to be claimed again after a while, unless another worker holds it by now. One that is in doubt
     * keeps its lease, by which the next claim sees it.
     */
    public void retry(Item item, Duration pause, String error) {
        jdbc.update(
                """
                update %s.work set lease = ?, error = ?, due_at = clock_timestamp() + make_interval(secs => ?)
                where id = ? and lease = ?""".formatted(schema),
                item.isInDoubt() ? item.lease : null,
                error.length() <= 500 ? error : error.substring(0, 500),
                pause.toMillis() / 1000.0,
                item.id(),
                item.lease);
    }

    /**
     * What waits or is under way on one channel, and how long the oldest has of which no first attempt is under way:
     * who thinks long over what it was asked once is not away.
     */
    public record Backlog(long requests, Duration oldest) {}

    /**
     * The backlog of each of these channels, counted up to a limit, so that a large one hides no other and costs no
     * more.
     */
    public Map<String, Backlog> backlog(Collection<String> channels, int limit) {
        Map<String, Backlog> backlogs = new HashMap<>();
        jdbc.query(
                """
                select channel, count(created_at),
                       coalesce(extract(epoch from clock_timestamp() - min(created_at) filter (where not thinks)), 0)
                from unnest(?::text[]) as watched (channel) left join lateral (
                    select created_at, lease is not null and attempts = 1 and due_at > clock_timestamp()
                           and created_at > clock_timestamp() - make_interval(secs => %d) as thinks
                    from %s.work where work.channel = watched.channel order by due_at limit %d) oldest on true
                group by channel""".formatted(LONGEST_THOUGHT.toSeconds(), schema, limit),
                row -> {
                    long age = Math.max(0, Math.round(row.getDouble(3) * 1000));
                    backlogs.put(row.getString(1), new Backlog(row.getLong(2), Duration.ofMillis(age)));
                },
                (Object) channels.toArray(String[]::new));
        return backlogs;
    }
}
