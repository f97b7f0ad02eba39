package io.orderflow.messaging.tables;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** Rows of the outbox that the broker refuses for good: they wait, and so does what their orders say after them. */
public final class RefusedEvents {

    private final JdbcTemplate jdbc;
    private final String schema;

    RefusedEvents(JdbcTemplate jdbc, String schema) {
        this.jdbc = jdbc;
        this.schema = schema;
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

    /** Which of these positions are refused. */
    public Collection<Long> among(Collection<Long> positions) {
        return jdbc.queryForList(
                "select position from %s.outbox where position = any(?) and refused_at is not null".formatted(schema),
                Long.class,
                (Object) positions.toArray(Long[]::new));
    }

    /** How many orders wait behind an event that the broker refuses. */
    public long orders() {
        return jdbc.queryForObject(
                "select count(distinct aggregateid) from %s.outbox where refused_at is not null".formatted(schema),
                Long.class);
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
