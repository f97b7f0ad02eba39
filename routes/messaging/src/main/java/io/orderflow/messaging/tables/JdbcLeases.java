package io.orderflow.messaging.tables;

import io.orderflow.contracts.Role;
import io.orderflow.messaging.Leases;
import java.time.Duration;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** Leases as rows of each role's schema, by the database's clock. */
public final class JdbcLeases implements Leases {

    private final JdbcTemplate jdbc;
    private final UUID holder = UUID.randomUUID();

    public JdbcLeases(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public boolean hold(Role role, String name, Duration time) {
        var sql = """
                insert into %1$s.lease as held (name, holder, until)
                values (?, ?, clock_timestamp() + make_interval(secs => ?))
                on conflict (name) do update set holder = excluded.holder, until = excluded.until
                where held.holder = excluded.holder or held.until < clock_timestamp()""".formatted(role);
        return jdbc.update(sql, name, holder, time.toMillis() / 1000.0) == 1;
    }
}
