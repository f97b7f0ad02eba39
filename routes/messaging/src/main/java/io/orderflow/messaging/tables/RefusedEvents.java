package io.orderflow.messaging.tables;

import io.orderflow.contracts.Role;
import io.orderflow.messaging.Unsendable.Unsent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** Rows of the outbox that the broker refuses for good: they wait, and so does what their orders say after them. */
public final class RefusedEvents {

    private static final String SHOWN =
            "id, aggregatetype, aggregateid, type, coalesce(octet_length(payload), 0) as bytes, created_at, refused_at";

    private final JdbcTemplate jdbc;
    private final Role role;
    private final String schema;

    RefusedEvents(JdbcTemplate jdbc, Role role) {
        this.jdbc = jdbc;
        this.role = role;
        this.schema = role.name();
    }

    /**
     * Notes that the broker refuses a row for good; it is tried again each minute, for a setting may change.
     *
     * @return whether that is new
     */
    public boolean note(long position) {
        var before = jdbc.queryForList("""
                update %1$s.outbox refused set refused_at = clock_timestamp()
                from (select position, refused_at from %1$s.outbox where position = ? for update) before
                where refused.position = before.position
                returning before.refused_at is null""".formatted(schema), Boolean.class, position);
        return !before.isEmpty() && before.getFirst();
    }

    /** What is refused with an id beyond this one, in the order of ids. */
    public List<Unsent> listAfter(UUID id, int limit) {
        return jdbc.query(
                "select %s from %s.outbox where refused_at is not null and id > ? order by id limit ?"
                        .formatted(SHOWN, schema),
                this::unsent,
                id,
                limit);
    }

    /** The event with this id, if it is refused. */
    public Optional<Unsent> find(UUID id) {
        return jdbc
                .query(
                        "select %s from %s.outbox where refused_at is not null and id = ?".formatted(SHOWN, schema),
                        this::unsent,
                        id)
                .stream()
                .findFirst();
    }

    /** Deletes the event with this id, if it is still refused, in the running transaction, and answers it. */
    public Optional<Unsent> delete(UUID id) {
        return jdbc
                .query(
                        "delete from %s.outbox where refused_at is not null and id = ? returning %s"
                                .formatted(schema, SHOWN),
                        this::unsent,
                        id)
                .stream()
                .findFirst();
    }

    private Unsent unsent(ResultSet row, int number) throws SQLException {
        return new Unsent(
                row.getObject("id", UUID.class),
                role,
                row.getString("aggregatetype"),
                row.getObject("aggregateid", UUID.class),
                row.getString("type"),
                row.getInt("bytes"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("refused_at").toInstant());
    }

    /** Which of these positions are refused. */
    public Collection<Long> among(Collection<Long> positions) {
        return jdbc.queryForList(
                "select position from %s.outbox where position = any(?) and refused_at is not null".formatted(schema),
                Long.class,
                (Object) positions.toArray(Long[]::new));
    }

    /** How many orders wait behind an event that the broker refuses, up to some thousands. */
    public long orders() {
        return jdbc.queryForObject("""
                select count(distinct aggregateid) from (
                    select aggregateid from %s.outbox where refused_at is not null limit 10000) refused""".formatted(schema), Long.class);
    }

    /** Those of these orders that have such an event. */
    public Set<UUID> ordersAmong(Collection<UUID> orders) {
        return new HashSet<>(jdbc.queryForList(
                "select aggregateid from %s.outbox where refused_at is not null and aggregateid = any(?)"
                        .formatted(schema),
                UUID.class,
                (Object) orders.toArray(UUID[]::new)));
    }

    /** That no event of the same order and topic is refused, or not within a time. */
    String notHeld(String row, String since) {
        return """
                not exists (
                    select from %s.outbox held
                    where held.refused_at is not null %s
                      and held.aggregateid = %s.aggregateid and held.aggregatetype = %s.aggregatetype)""".formatted(schema, since, row, row);
    }
}
