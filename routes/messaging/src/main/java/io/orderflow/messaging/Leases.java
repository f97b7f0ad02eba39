package io.orderflow.messaging;

import io.orderflow.contracts.Role;
import java.time.Duration;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Leases for jobs that only one instance may do at a time. Time is the database's, so that no instance's clock matters; a holder that froze past its lease may
 * overlap with the next, so a job must bear to be done twice.
 */
public final class Leases {

    private final JdbcTemplate jdbc;
    private final UUID holder = UUID.randomUUID();

    Leases(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Takes or renews a lease for this instance; false while another one holds it. */
    public boolean hold(Role role, String name, Duration time) {
        return jdbc.update("""
                        insert into %1$s.lease as held (name, holder, until)
                        values (?, ?, clock_timestamp() + make_interval(secs => ?))
                        on conflict (name) do update set holder = excluded.holder, until = excluded.until
                        where held.holder = excluded.holder or held.until < clock_timestamp()""".formatted(role), name, holder, time.toMillis() / 1000.0) == 1;
    }
}
