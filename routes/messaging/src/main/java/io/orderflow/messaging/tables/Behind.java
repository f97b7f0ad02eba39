package io.orderflow.messaging.tables;

import java.time.Instant;
import org.springframework.jdbc.core.JdbcTemplate;

/** Until when a role's relay was behind, or nobody watched whether it was: one row, by the database's clock. */
public final class Behind {

    private final JdbcTemplate jdbc;
    private final String schema;

    Behind(JdbcTemplate jdbc, String schema) {
        this.jdbc = jdbc;
        this.schema = schema;
    }

    /** It is behind now. */
    public void note() {
        jdbc.update("""
                insert into %s.outbox_behind (until) values (clock_timestamp())
                on conflict (single) do update set until = greatest(outbox_behind.until, excluded.until)""".formatted(schema));
    }

    /** {@link Instant#EPOCH} if it never was. */
    public Instant until() {
        return jdbc.query(
                "select until from %s.outbox_behind".formatted(schema),
                rows -> rows.next() ? rows.getTimestamp(1).toInstant() : Instant.EPOCH);
    }
}
