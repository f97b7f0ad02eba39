package io.orderflow.orders;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** Open orders in PostgreSQL, each question answered by a partial index that holds nothing else. */
final class JdbcOpenOrders implements OpenOrders {

    private static final String ANY_PENDING = """
            select exists (
                select from orders.orders
                 where status = 'PENDING' and created_at <= statement_timestamp() - make_interval(secs => ?))""";

    private static final String PENDING = """
            select id, created_at from orders.orders
             where status = 'PENDING' and created_at <= ? and (created_at, id) > (?, ?)
             order by created_at, id limit ?""";

    private static final String COUNT = """
            select (select count(*) from (
                        select from orders.orders where status = 'PENDING' limit ?)),
                   (select count(*) from (
                        select from orders.orders where status = 'PENDING'
                           and created_at <= clock_timestamp() - make_interval(secs => ?) limit ?)),
                   (select count(*) from (
                        select from orders.orders where status = 'CANCELLED' and not settled limit ?)),
                   (select count(*) from (
                        select from orders.orders where status = 'CANCELLED' and not settled
                           and finished_at <= statement_timestamp() - make_interval(secs => ?) limit ?))""";

    private static final Pending BEFORE_ALL = new Pending(new UUID(0, 0), Instant.EPOCH);

    private final JdbcTemplate jdbc;

    JdbcOpenOrders(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public boolean anyPendingFor(Duration time) {
        return Boolean.TRUE.equals(jdbc.queryForObject(ANY_PENDING, Boolean.class, seconds(time)));
    }

    @Override
    public List<Pending> pendingSince(Instant moment, Pending after, int limit) {
        var last = after == null ? BEFORE_ALL : after;
        return jdbc.query(
                PENDING,
                (row, at) -> new Pending(
                        row.getObject(1, UUID.class),
                        row.getObject(2, OffsetDateTime.class).toInstant()),
                moment.atOffset(ZoneOffset.UTC),
                last.createdAt().atOffset(ZoneOffset.UTC),
                last.id(),
                limit);
    }

    @Override
    public Counts count(Duration stuckAfter, Duration unsettledAfter, int limit) {
        return jdbc.queryForObject(
                COUNT,
                (row, at) -> new Counts(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)),
                limit,
                seconds(stuckAfter),
                limit,
                limit,
                seconds(unsettledAfter),
                limit);
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
