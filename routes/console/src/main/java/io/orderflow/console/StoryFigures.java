package io.orderflow.console;

import io.orderflow.messaging.OwnPlan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;

/** What stories say of how everything is. Both looks read so many rows at most, however many stories there are. */
final class StoryFigures {

    /** How far back a look goes. */
    static final Duration WINDOW = Duration.ofMinutes(5);

    /** Of so many orders of the window, the newest. */
    static final int MOST_ORDERS = 5_000;

    /** Beyond so many that are stuck nobody counts. */
    static final int MOST_STUCK = 1_000;

    private static final double RECENT_SECONDS = 60;

    private static final String PACE = """
            with newest as materialized (
                select order_id, began_at from console.story
                where began_at between now() - make_interval(secs => ?) and now() + interval '1 minute'
                order by began_at desc, order_id desc limit ?),
            ended as (
                select began_at, confirmed, coalesce(confirmed, cancelled) as ended_at, parked_at
                from newest, lateral (
                    select min(occurred_at) filter (where event_type = 'OrderConfirmed') as confirmed,
                           min(occurred_at) filter (where event_type = 'OrderCancelled') as cancelled,
                           max(occurred_at) filter (where event_type = 'EventParked') as parked_at
                    from console.chapter where chapter.order_id = newest.order_id) as told)
            select now() as as_of, count(*) as accepted, count(confirmed) as confirmed,
                   count(ended_at) - count(confirmed) as cancelled, count(parked_at) as parked,
                   extract(epoch from now() - min(began_at)) as oldest,
                   count(*) filter (where began_at >= now() - make_interval(secs => ?)) as recent,
                   count(*) filter (where ended_at >= now() - make_interval(secs => ?)) as recently_ended,
                   count(*) filter (where parked_at >= now() - make_interval(secs => ?)) as recently_parked,
                   percentile_disc(array[0.5, 0.95, 0.99]) within group (
                       order by (extract(epoch from ended_at - began_at) * 1000)::bigint) as millis
            from ended""";

    private static final String STUCK = """
            select service, count(*) as orders from (
                select waits_for from console.story where waiting_since <= now() - make_interval(secs => ?)
                order by waiting_since limit ?) as stuck, unnest(waits_for) as service
            group by service
            union all
            select '', count(*) from (
                select 1 from console.story where waiting_since <= now() - make_interval(secs => ?) limit ?) as stuck""";

    private final JdbcTemplate jdbc;

    StoryFigures(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** The pace, and when it was measured. */
    record Measured(Instant asOf, Overview.Pace pace) {}

    /**
     * Orders that wait.
     *
     * @param all of them, at most {@link #MOST_STUCK}
     * @param byService whom they wait for; one may wait for two
     */
    record Stuck(long all, Map<String, Long> byService) {}

    Measured pace() {
        return OwnPlan.query(
                        jdbc,
                        PACE,
                        StoryFigures::measured,
                        WINDOW.toSeconds(),
                        MOST_ORDERS,
                        RECENT_SECONDS,
                        RECENT_SECONDS,
                        RECENT_SECONDS)
                .getFirst();
    }

    private static Measured measured(ResultSet row, int number) throws SQLException {
        long accepted = row.getLong("accepted");
        boolean isWhole = accepted < MOST_ORDERS;
        // Of more orders than are looked at, the newest reach back less far.
        double seconds = isWhole ? RECENT_SECONDS : Math.clamp(row.getDouble("oldest"), 1, RECENT_SECONDS);
        var millis = row.getArray("millis");
        var quantiles = millis == null ? new Long[3] : (Long[]) millis.getArray();
        return new Measured(
                JdbcStoryRows.time(row, "as_of"),
                new Overview.Pace(
                        accepted,
                        row.getLong("confirmed"),
                        row.getLong("cancelled"),
                        row.getLong("parked"),
                        isWhole,
                        row.getLong("recent") / seconds,
                        row.getLong("recently_ended") / seconds,
                        row.getLong("recently_parked") / seconds,
                        quantiles[0],
                        quantiles[1],
                        quantiles[2]));
    }

    /** Those that have waited for this long. */
    Stuck stuck(Duration age) {
        Map<String, Long> found = new TreeMap<>();
        OwnPlan.query(
                jdbc,
                STUCK,
                (row, number) -> found.put(row.getString("service"), row.getLong("orders")),
                age.toSeconds(),
                MOST_STUCK,
                age.toSeconds(),
                MOST_STUCK);
        long all = found.remove("");
        return new Stuck(all, found);
    }
}
