package io.orderflow.messaging.tables;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What waits or is under way on one channel to workers, and how long the oldest has of which no first attempt is under
 * way: who thinks long over what it was asked once is not away. The oldest is among those that are due first, so that
 * few rows are read however many wait; the others are counted by the index alone.
 */
public record WorkBacklog(long requests, Duration oldest) {

    /** Longer than any answer is waited for: what is under way even so hangs. */
    private static final Duration LONGEST_THOUGHT = Duration.ofMinutes(20);

    /** So many rows that are due first are looked at for the oldest. */
    private static final int FIRST = 1_000;

    static Map<String, WorkBacklog> of(JdbcTemplate jdbc, String schema, Collection<String> channels, int limit) {
        Map<String, WorkBacklog> backlogs = new HashMap<>();
        jdbc.query(
                """
                select channel, requests, coalesce(extract(epoch from clock_timestamp() - since), 0)
                from unnest(?::text[]) as watched (channel), lateral (
                    select count(*) as requests from (
                        select from %1$s.work where work.channel = watched.channel order by due_at limit %2$d) few
                ) counted, lateral (
                    select min(created_at) filter (where not thinks) as since from (
                        select created_at, lease is not null and attempts = 1 and due_at > clock_timestamp()
                               and created_at > clock_timestamp() - make_interval(secs => %3$d) as thinks
                        from %1$s.work where work.channel = watched.channel order by due_at limit %4$d) first
                ) oldest""".formatted(schema, limit, LONGEST_THOUGHT.toSeconds(), FIRST),
                row -> {
                    long age = Math.max(0, Math.round(row.getDouble(3) * 1000));
                    backlogs.put(row.getString(1), new WorkBacklog(row.getLong(2), Duration.ofMillis(age)));
                },
                (Object) channels.toArray(String[]::new));
        return backlogs;
    }
}
