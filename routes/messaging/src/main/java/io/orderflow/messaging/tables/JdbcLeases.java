package io.orderflow.messaging.tables;

import io.orderflow.contracts.Role;
import io.orderflow.messaging.Leases;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.JdbcTemplate;

/** Leases as rows of each role's schema, by the database's clock. */
public final class JdbcLeases implements Leases {

    private static final UUID NOBODY = new UUID(0, 0);

    private final JdbcTemplate jdbc;
    private final UUID holder = UUID.randomUUID();

    /** Until when this instance leaves a job to others, by its own count of time. */
    private final Map<Job, Long> standingBack = new ConcurrentHashMap<>();

    private record Job(Role role, String name) {}

    public JdbcLeases(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Holder hold(Role role, String name, Duration time) {
        if (standsBack(new Job(role, name))) {
            return Holder.OTHERS;
        }
        var sql = """
                with before as (
                    select until < clock_timestamp() - make_interval(secs => ?) as unwatched from %1$s.lease where name = ?)
                insert into %1$s.lease as held (name, holder, until)
                values (?, ?, clock_timestamp() + make_interval(secs => ?))
                on conflict (name) do update set holder = excluded.holder, until = excluded.until
                where held.holder in (excluded.holder, ?) or held.until < clock_timestamp()
                returning coalesce((select unwatched from before), true)""".formatted(role);
        var unwatched = jdbc.queryForList(
                sql, Boolean.class, seconds(unwatched(time)), name, name, holder, seconds(time), NOBODY);
        if (unwatched.isEmpty()) {
            return Holder.OTHERS;
        }
        return unwatched.getFirst() ? Holder.MINE_AFTER_NOBODY : Holder.MINE;
    }

    /** How long a job is nobody's before that counts: a change of hands or one slow turn is no outage. */
    private static Duration unwatched(Duration lease) {
        return lease.multipliedBy(2);
    }

    private boolean standsBack(Job job) {
        var until = standingBack.get(job);
        return until != null && System.nanoTime() - until < 0;
    }

    @Override
    public void standBack(Role role, String name, Duration time, Duration watched) {
        standingBack.put(
                new Job(role, name), System.nanoTime() + time.multipliedBy(2).toNanos());
        jdbc.update("""
                update %s.lease set holder = ?, until = clock_timestamp() + make_interval(secs => ?)
                where name = ? and holder = ?""".formatted(role), NOBODY, seconds(watched), name, holder);
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
