package io.orderflow.messaging.tables;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What waits or is under way on one channel to workers, and how long the oldest has of which no first attempt is under
 * way: who thinks long over what it was asked once is not away.
 */
public record WorkBacklog(long requests, Duration oldest) {

    /** Longer than any answer is waited for: what is under way even so hangs. */
    private static final Duration LONGEST_THOUGHT = Duration.ofMinutes(20);

    static Map<String, WorkBacklog> of(JdbcTemplate jdbc, String schema, Collection<String> channels, int limit) {
        Map<String, WorkBacklog> backlogs = new HashMap<>();
        jdbc.query(
                """
                select channel, count(created_at),
                       coalesce(extract(epoch from clock_timestamp() - min(created_at) filter (where not thinks)), 0)
                from unnest(?::text[]) as watched (channel) left join lateral (
                    select created_at, lease is not null and attempts = 1 and due_at > clock_timestamp()
                           and created_at > clock_timestamp() - make_interval(secs => %d) as thinks
                    from %s.work where work.channel = watched.channel order by due_at limit %d) oldest on true
                group by channel""".formatted(LONGEST_THOUGHT.toSeconds(), schema, limit),
                row -> {
                    long age = Math.max(0, Math.round(row.getDouble(3) * 1000));
                    backlogs.put(row.getString(1), new WorkBacklog(row.getLong(2), Duration.ofMillis(age)));
                },
                (Object) channels.toArray(String[]::new));
        return backlogs;
    }
}
