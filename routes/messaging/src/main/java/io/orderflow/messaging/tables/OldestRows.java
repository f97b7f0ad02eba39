package io.orderflow.messaging.tables;

import io.orderflow.contracts.Channel;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What waits in an outbox: since when, how much, and what of it was left behind. The table is empty nearly always and
 * full of what was deleted, so each look begins at the {@link LowWater} of the topics that it is about.
 */
final class OldestRows {

    private static final int MOST_BYTES = 16_000_000;

    /** Up to so many are counted; of more, so many are looked for in each of some slices. */
    private static final int COUNTED = 2_000;

    private static final int SLICES = 20;
    private static final int OF_A_SLICE = COUNTED / SLICES;

    private final JdbcTemplate jdbc;
    private final String schema;
    private final RefusedEvents refused;
    private final Map<Topics, LowWater> lowWater = new ConcurrentHashMap<>();

    OldestRows(JdbcTemplate jdbc, String schema, RefusedEvents refused) {
        this.jdbc = jdbc;
        this.schema = schema;
        this.refused = refused;
    }

    /** Which rows a look is about. */
    private record Topics(String condition, String names) {

        private static Topics of(Collection<String> topics) {
            return new Topics("aggregatetype = any(string_to_array(?, ' '))", sorted(topics));
        }

        private static Topics allBut(Collection<String> topics) {
            return new Topics("aggregatetype <> all(string_to_array(?, ' '))", sorted(topics));
        }

        private static String sorted(Collection<String> topics) {
            return topics.stream().sorted().collect(Collectors.joining(" "));
        }
    }

    /**
     * The oldest row.
     *
     * @param drawn the last position that anybody had drawn
     * @param age how long it has waited
     * @param freeAge the same of the oldest one that waits behind none that the broker refuses; zero if there is none
     */
    private record Oldest(long position, long drawn, Duration age, Duration freeAge) {}

    private Optional<Oldest> oldest(Topics topics) {
        var from = lowWater.computeIfAbsent(topics, none -> new LowWater());
        synchronized (from) {
            return jdbc.query(
                            """
                            select pg_snapshot_xmin(now_running)::text::bigint, pg_snapshot_xmax(now_running)::text::bigint,
                                   last_value - case when is_called then 0 else 1 end, oldest.position, oldest.age, free.age
                            from pg_current_snapshot() now_running
                            cross join %1$s.outbox_position_seq
                            left join lateral (
                                select position, extract(epoch from clock_timestamp() - created_at) as age
                                from %1$s.outbox where position >= ? and %2$s
                                order by position limit 1) oldest on true
                            left join lateral (
                                select extract(epoch from clock_timestamp() - created_at) as age
                                from %1$s.outbox waits where waits.position >= oldest.position and %2$s and %3$s
                                order by waits.position limit 1) free on true""".formatted(schema, topics.condition(), refused.notHeld("waits", "")),
                            (row, number) -> seen(row, from),
                            from.position(),
                            topics.names(),
                            topics.names())
                    .getFirst();
        }
    }

    private static Optional<Oldest> seen(ResultSet row, LowWater from) throws SQLException {
        var position = row.getObject(4, Long.class);
        long drawn = row.getLong(3);
        from.saw(position, drawn, row.getLong(1), row.getLong(2));
        return position == null
                ? Optional.empty()
                : Optional.of(new Oldest(position, drawn, seconds(row.getDouble(5)), seconds(row.getDouble(6))));
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.max(0, Math.round(1000 * seconds)));
    }

    /** How long the oldest row has waited, those aside that wait behind one that the broker refuses. */
    Duration age() {
        return age(Topics.allBut(List.of()));
    }

    /** The same of the rows of these channels. */
    Duration age(Collection<Channel> channels) {
        return age(Topics.of(channels.stream().map(Channel::topic).toList()));
    }

    private Duration age(Topics topics) {
        return oldest(topics).map(Oldest::freeAge).orElse(Duration.ZERO);
    }

    /** Whether rows of these topics are older than an age. */
    boolean anyOlderThan(Duration age, Collection<String> topics) {
        return !topics.isEmpty() && isOlder(oldest(Topics.of(topics)), age);
    }

    private static boolean isOlder(Optional<Oldest> oldest, Duration age) {
        return oldest.filter(row -> row.age().compareTo(age) >= 0).isPresent();
    }

    /** How many rows there are, up to a limit. Many are estimated, so that counting costs no more than of a few. */
    long count(int limit) {
        var oldest = oldest(Topics.allBut(List.of()));
        if (oldest.isEmpty()) {
            return 0;
        }
        long first = oldest.get().position();
        long counted = jdbc.queryForObject(
                "select count(*) from (select from %s.outbox where position >= ? order by position limit %d) counted"
                        .formatted(schema, COUNTED),
                Long.class,
                first);
        long slice = (oldest.get().drawn() - first) / SLICES;
        if (counted < COUNTED || slice <= OF_A_SLICE) {
            return Math.min(counted, limit);
        }
        long sample = jdbc.queryForObject(
                """
                select count(*) from generate_series(0, %2$d) slice cross join lateral (
                    select from %1$s.outbox
                    where position >= ? + slice * ?::bigint and position < ? + slice * ?::bigint + %3$d) rows""".formatted(schema, SLICES - 1, OF_A_SLICE), Long.class, first, slice, first, slice);
        return Math.clamp(sample * slice / OF_A_SLICE, counted, limit);
    }

    /**
     * Rows older than an age by the database's clock, oldest first, none before an earlier one of its own order and
     * topic.
     *
     * @param limit how many; fewer where they are large, for all are read at once
     * @param paused topics that cannot be written at the moment; their rows would hide the others
     */
    List<OutboxRow> leftBehind(Duration age, int limit, Collection<String> paused) {
        var oldest = oldest(Topics.allBut(paused));
        if (!isOlder(oldest, age)) {
            return List.of();
        }
        return jdbc.query(
                """
                select * from (select position, id, aggregatetype, aggregateid, type, payload, tracingspancontext,
                    occurred_at, sum(octet_length(payload)) over (order by position) - octet_length(payload) as before
                from %1$s.outbox late
                where position >= ? and created_at < clock_timestamp() - make_interval(secs => ?)
                  and %2$s
                  and aggregatetype <> all(string_to_array(?, ' '))
                  and not exists (
                    select from %1$s.outbox earlier
                    where earlier.aggregateid = late.aggregateid
                      and earlier.aggregatetype = late.aggregatetype
                      and earlier.position < late.position
                      and (earlier.position < ? or earlier.created_at >= clock_timestamp() - make_interval(secs => ?)))
                order by position
                limit ?) page where coalesce(before, 0) < %3$d order by position""".formatted(
                        schema,
                        refused.notHeld("late", "and held.refused_at > clock_timestamp() - interval '1 minute'"),
                        MOST_BYTES),
                OldestRows::row,
                oldest.get().position(),
                age.toMillis() / 1000.0,
                String.join(" ", paused),
                oldest.get().position(),
                age.toMillis() / 1000.0,
                limit);
    }

    private static OutboxRow row(ResultSet row, int number) throws SQLException {
        return new OutboxRow(
                row.getLong("position"),
                row.getObject("id", UUID.class),
                row.getString("aggregatetype"),
                row.getObject("aggregateid", UUID.class),
                row.getString("type"),
                row.getString("payload"),
                row.getString("tracingspancontext"),
                row.getTimestamp("occurred_at").toInstant(),
                List.of(),
                ReadAt.now());
    }
}
