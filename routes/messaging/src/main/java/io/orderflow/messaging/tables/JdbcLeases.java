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
    private static final String NOW = "now";

    private final JdbcTemplate jdbc;
    private final UUID holder = UUID.randomUUID();

    /** Until when this instance leaves a job to others, by its own count of time. */
    private final Map<Job, Long> standingBack = new ConcurrentHashMap<>();

    /** Until when somebody watched before this instance took a job, as the database writes it. */
    private final Map<Job, String> watchedBefore = new ConcurrentHashMap<>();

    private record Job(Role role, String name) {}

    private record Taken(boolean unwatched, String watched) {}

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
                    select until, holder = ? and until > clock_timestamp() as renewed,
                           until < clock_timestamp() - make_interval(secs => ?) as unwatched
                    from %1$s.lease where name = ?)
                insert into %1$s.lease as held (name, holder, until)
                values (?, ?, clock_timestamp() + make_interval(secs => ?))
                on conflict (name) do update set holder = excluded.holder, until = excluded.until
                where held.holder in (excluded.holder, ?) or held.until < clock_timestamp()
                returning coalesce((select unwatched from before), true) as unwatched,
                          coalesce(
                              (select case when not renewed then until::text else '%2$s' end from before),
                              '-infinity') as watched""".formatted(role, NOW);
        var taken = jdbc.query(
                sql,
                (row, number) -> new Taken(row.getBoolean("unwatched"), row.getString("watched")),
                holder,
                seconds(unwatched(time)),
                name,
                name,
                holder,
                seconds(time),
                NOBODY);
        if (taken.isEmpty()) {
            return Holder.OTHERS;
        }
        watchedBefore.put(new Job(role, name), taken.getFirst().watched());
        return taken.getFirst().unwatched() ? Holder.MINE_AFTER_NOBODY : Holder.MINE;
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
        // Who has only tried has not watched: else several that try by turns would hide an outage from each other.
        var since = watched.isZero() ? watchedBefore.getOrDefault(new Job(role, name), NOW) : NOW;
        jdbc.update("""
                update %s.lease set holder = ?, until = cast(? as timestamptz) + make_interval(secs => ?)
                where name = ? and holder = ?""".formatted(role), NOBODY, since, seconds(watched), name, holder);
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
