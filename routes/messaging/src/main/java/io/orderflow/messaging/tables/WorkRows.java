package io.orderflow.messaging.tables;

import io.orderflow.contracts.Role;
import io.orderflow.messaging.Work;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The requests that a role's workers have still to carry out. A row is due, or it is leased: born so, for the process
 * whose transaction made it and whose workers get it from memory, or claimed. A lease is a due time that lies ahead, by
 * the database's clock, so that a process that dies gives its rows back without doing anything.
 *
 * <p>Its attempts tell what a lease that ends leaves behind: none if the row only waited in memory, and otherwise one
 * of which nobody knows how it ended.
 */
public final class WorkRows {

    /**
     * Those of some rows that still have the lease that they are held by, and are not just being finished. Each is
     * looked up by its id: a plain join may read the list anew for each row of the table, under a plan that was made
     * while the table was empty.
     */
    private static final String MINE = """
            mine as materialized (
                select work.id from unnest(?::uuid[], ?::uuid[]) as held (id, lease)
                cross join lateral (
                    select id from %1$s.work where work.id = held.id and work.lease = held.lease
                    for update skip locked) as work)""";

    private static final String CLAIM = """
            with relaxed as (select set_config('synchronous_commit', 'off', true)),
            due as materialized (
                select id, order_id, body, tracingspancontext, due_at, attempts,
                    lease is not null and attempts > 0 as in_doubt
                from %1$s.work
                where channel = ? and due_at <= least(statement_timestamp(), ?::timestamptz)
                order by due_at limit ? for update skip locked),
            numbered as (select *, row_number() over (order by due_at) as place from due),
            taken as materialized (
                select *, place <= ? as begins from numbered
                where place < coalesce(
                    (select min(place) from numbered where place > ? and attempts > 0), place + 1)),
            leased as (
                update %1$s.work set lease = ?, due_at = clock_timestamp() + make_interval(secs => ?),
                    attempts = attempts + (id = any (array(select id from taken where begins)))::integer
                from relaxed where id = any (array(select id from taken)))
            select id, order_id, body, tracingspancontext, due_at, attempts + begins::integer as attempts, in_doubt,
                (select count(*) from due) as found
            from taken order by place""";

    private final JdbcTemplate jdbc;
    private final String schema;

    public WorkRows(JdbcTemplate jdbc, Role role) {
        this.jdbc = jdbc;
        this.schema = role.name();
    }

    private record Row(Newborn newborn, WorkItem item) {

        private Work work() {
            return newborn.requested().work();
        }
    }

    /**
     * Stores requests in the running transaction; one that is there already for the same order and subject is not
     * stored again. One that is put off grows old from when it is due: until then nobody is waited for.
     *
     * @return those that were stored and are leased, in their order
     */
    public List<WorkItem> store(List<Newborn> requests) {
        if (requests.isEmpty()) {
            return List.of();
        }
        var holder = UUID.randomUUID();
        var rows = requests.stream()
                .map(one -> new Row(one, new WorkItem(one, one.isLeased() ? holder : null)))
                .toList();
        var stored = insert(rows);
        rows.forEach(row -> row.item().born = stored.get(row.item().id));
        return rows.stream()
                .filter(row -> row.newborn().isLeased())
                .map(Row::item)
                .filter(item -> item.born != null)
                .toList();
    }

    /** When each was made that was not there already. */
    private Map<UUID, Instant> insert(List<Row> rows) {
        Map<UUID, Instant> stored = new HashMap<>();
        jdbc.query(
                """
                insert into %s.work
                    (id, channel, order_id, subject, body, tracingspancontext, created_at, due_at, lease, attempts)
                select id, channel, order_id, subject, body, trace, due, due + make_interval(secs => leased),
                       lease, attempts
                from (select *, clock_timestamp() + make_interval(secs => delay) as due
                    from unnest(?::uuid[], ?::text[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::float8[],
                            ?::float8[], ?::uuid[], ?::integer[])
                        as row (id, channel, order_id, subject, body, trace, delay, leased, lease, attempts)) as request
                order by channel, order_id, subject
                on conflict (channel, order_id, subject) do nothing
                returning id, created_at""".formatted(schema),
                row -> {
                    stored.put(row.getObject(1, UUID.class), row.getTimestamp(2).toInstant());
                },
                column(rows, UUID[]::new, row -> row.item().id),
                column(rows, String[]::new, row -> row.newborn().channel()),
                column(rows, UUID[]::new, row -> row.item().orderId),
                column(rows, String[]::new, row -> row.work().subject()),
                column(rows, String[]::new, row -> row.item().body),
                column(rows, String[]::new, row -> row.item().traceparent),
                column(rows, Double[]::new, row -> seconds(row.work().delay())),
                column(rows, Double[]::new, row -> seconds(row.newborn().lease())),
                column(rows, UUID[]::new, row -> row.item().lease),
                column(rows, Integer[]::new, row -> row.item().attempt));
        return stored;
    }

    private static <R, T> T[] column(List<R> rows, IntFunction<T[]> array, Function<R, T> value) {
        return rows.stream().map(value).toArray(array);
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }

    /**
     * What a claim has found, in its order.
     *
     * @param begun those whose attempt counts from now on
     * @param waiting those that wait in memory for their first
     * @param isAll whether nothing else was due
     */
    public record Claimed(List<WorkItem> begun, List<WorkItem> waiting, boolean isAll) {}

    /**
     * Claims due rows for a lease: some to be begun at once, and then those behind them that wait in memory, up to the
     * first that was ever tried, so that a lease that ends leaves no doubt about them. They are picked once, before: a
     * subquery may be asked again for each row of the table, and would find others, for it skips what it has locked. A
     * crash that undoes a claim leaves the rows due, which is what a lease that ends does, so the commit need not wait
     * for the disk.
     *
     * <p>A row that still has a lease was not given back: what became of an attempt before is not known.
     *
     * @param before due by then, by the database's clock; null for by now
     * @param begin how many may be begun
     * @param wait how many more may wait
     */
    public Claimed claim(String channel, Instant before, int begin, int wait, Duration lease) {
        var holder = UUID.randomUUID();
        long leaseEnd = System.nanoTime() + lease.toNanos();
        var found = new AtomicInteger();
        var items = jdbc.query(
                CLAIM.formatted(schema),
                (row, number) -> {
                    found.set(row.getInt("found"));
                    return new WorkItem(channel, row, holder, leaseEnd);
                },
                channel,
                before == null ? null : Timestamp.from(before),
                begin + wait,
                begin,
                begin,
                holder,
                seconds(lease));
        return new Claimed(
                items.stream().filter(item -> item.attempt > 0).toList(),
                items.stream().filter(item -> item.attempt == 0).toList(),
                found.get() < begin + wait && items.size() == found.get());
    }

    /**
     * Begins the first attempt at rows that waited in memory: what has no attempt was not begun. As with a claim, the
     * commit need not wait for the disk.
     *
     * @return those that this process still holds
     */
    public List<WorkItem> begin(List<WorkItem> items) {
        var begun = change(items, "attempts = attempts + 1");
        begun.forEach(item -> item.attempt++);
        return begun;
    }

    /** Those of these rows that this process still holds, changed; no commit waits for the disk. */
    private List<WorkItem> change(List<WorkItem> items, String set, Object... values) {
        if (items.isEmpty()) {
            return items;
        }
        var given = Stream.concat(
                Stream.of(column(items, UUID[]::new, item -> item.id), column(items, UUID[]::new, item -> item.lease)),
                Stream.of(values));
        var held = Set.copyOf(jdbc.query(
                """
                with relaxed as (select set_config('synchronous_commit', 'off', true)), %2$s
                update %1$s.work set %3$s from relaxed where id = any (array(select id from mine))
                returning id""".formatted(schema, MINE.formatted(schema), set),
                (row, number) -> row.getObject(1, UUID.class),
                given.toArray()));
        return items.stream().filter(item -> held.contains(item.id)).toList();
    }

    /**
     * Lets go of rows that waited in memory, those that this process still holds: nothing of them was begun, and they
     * are due in the order in which they came.
     */
    public void release(List<WorkItem> items) {
        if (items.isEmpty()) {
            return;
        }
        jdbc.update(
                """
                with %2$s
                update %1$s.work set lease = null, due_at = created_at
                where id = any (array(select id from mine))""".formatted(schema, MINE.formatted(schema)),
                column(items, UUID[]::new, item -> item.id),
                column(items, UUID[]::new, item -> item.lease));
    }

    /** Lets workers keep for another lease what is still theirs; as with a claim, no commit waits for the disk. */
    public void renew(List<WorkItem> items, Duration lease) {
        long leaseEnd = System.nanoTime() + lease.toNanos();
        change(items, "due_at = clock_timestamp() + make_interval(secs => ?)", seconds(lease))
                .forEach(item -> item.leaseEnd = leaseEnd);
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
    public void retry(WorkItem item, Duration pause, String error) {
        jdbc.update(
                """
                update %s.work set lease = ?, error = ?, due_at = clock_timestamp() + make_interval(secs => ?)
                where id = ? and lease = ?""".formatted(schema),
                item.isInDoubt() ? item.lease : null,
                error.length() <= 500 ? error : error.substring(0, 500),
                seconds(pause),
                item.id(),
                item.lease);
    }

    /**
     * The backlog of each of these channels, counted up to a limit, so that a large one hides no other and costs no
     * more.
     */
    public Map<String, WorkBacklog> backlog(Collection<String> channels, int limit) {
        return WorkBacklog.of(jdbc, schema, channels, limit);
    }
}
