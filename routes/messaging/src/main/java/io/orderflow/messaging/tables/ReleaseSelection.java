package io.orderflow.messaging.tables;

import io.orderflow.messaging.Conditions;
import io.orderflow.messaging.OwnPlan;
import io.orderflow.messaging.Releases.Action;
import io.orderflow.messaging.Releases.Plan;
import io.orderflow.messaging.Releases.Selection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Which parked records a release is made of, in one statement and so as of one moment. One order comes after the other,
 * that of the oldest record first, and each order's records in the order in which they were parked. An erasure is given
 * up only where it is named, for what it erases would stay.
 */
final class ReleaseSelection {

    /** What holds up its order, and waits for what is before it. */
    private static final String HOLDS = "(state = 'PARKED' and reason <> 'NOT_UNDERSTOOD')";

    private static final String COLUMNS =
            "id, topic, key, position, parked_at, reason, state, %3$s as erases, %4$s as holds";

    /**
     * All that waits under the keys of what is meant, and what is meant besides; each is looked at once, and nothing is
     * joined, so that the cost does not depend on what the planner takes it for. What a row lacks, as a follower lacks
     * an error, is asked of it in vain: that is false, and not unknown.
     */
    private static final String NUMBERED = """
            with keys as (select topic, key from %1$s.parked where %2$s and %4$s group by topic, key),
            lined as (
                select line.* from keys cross join lateral (
                    select %5$s, %2$s is true as mine from %1$s.parked waits
                    where waits.topic = keys.topic and waits.key = keys.key and %4$s) line
                union all
                select %5$s, true from %1$s.parked where %2$s and not %4$s),
            led as (
                select *, min(position) filter (where mine) over line as lead,
                    min(position) filter (where mine and holds) over line as head
                from lined window line as (partition by topic, key)),
            meant as (
                select *, mine or ? and position > head and parked_at < least(coalesce(?, now()), now())
                    and not (? and erases) as member
                from led),
            numbered as (
                select *, case when member then row_number() over (partition by member order by lead, position) end
                    as place
                from meant),
            """;

    /** A record waits behind what is not taken itself, and behind what is taken and cannot be released any more. */
    private static final String JUDGED = """
            chosen as (
                select *, coalesce(place <= ?, false) as taken,
                    not erases and parked_at < now() - make_interval(secs => ?) as late
                from numbered),
            barred as (
                select *, min(position) filter (where holds and (late or not taken)) over (partition by topic, key)
                    as bar
                from chosen),
            judged as materialized (
                select *, case when state <> 'PARKED' then 'NOT_PARKED'
                    when erases then null
                    when holds and bar < position then 'BEHIND_ANOTHER'
                    when late then 'TOO_LATE' end as refused
                from barred)""";

    private static final String COUNTED = """

            select count(*) filter (where mine) as matches,
                count(*) filter (where taken) as events,
                count(*) filter (where taken and not mine) as followers,
                count(distinct (topic, key)) filter (where taken) as orders,
                count(*) filter (where taken and refused = 'NOT_PARKED') as already_done,
                count(*) filter (where taken and refused = 'TOO_LATE') as too_late,
                count(*) filter (where taken and refused = 'BEHIND_ANOTHER') as behind_another,
                least(coalesce(?, now()), now()) as before
            from judged""";

    /** What is never too late. */
    private static final double EVER = Duration.ofDays(365_000).toSeconds();

    private final JdbcTemplate jdbc;
    private final String schema;

    ReleaseSelection(JdbcTemplate jdbc, String schema) {
        this.jdbc = jdbc;
        this.schema = schema;
    }

    /** What it comes to. */
    Plan plan(Selection selection, Duration window) {
        return counted(selection, window, "", List.of());
    }

    /** Stores what it comes to as the events of a release. */
    Plan store(UUID release, Selection selection, Duration window) {
        return counted(selection, window, """
                , stored as (
                    insert into %s.release_event (release, place, event, topic, key, follower)
                    select ?, place, id, topic, key, not mine from judged where taken)""".formatted(schema), List.of(release));
    }

    private Plan counted(Selection selection, Duration window, String stored, List<Object> more) {
        var conditions = conditions(selection);
        double tooLate = selection.action() == Action.DISCARD ? EVER : window.toMillis() / 1000.0;
        var values = new ArrayList<Object>();
        for (int asked = 0; asked < 3; asked++) {
            values.addAll(conditions.values());
        }
        values.add(selection.followers());
        values.add(timestamp(selection));
        values.add(selection.action() == Action.DISCARD);
        values.add(selection.first() == null ? Integer.MAX_VALUE : selection.first());
        values.add(tooLate);
        values.addAll(more);
        values.add(timestamp(selection));
        var columns = COLUMNS.formatted(null, null, ParkedErasure.ERASES, HOLDS);
        var numbered = NUMBERED.formatted(schema, "(" + conditions.sql() + ")", null, HOLDS, columns);
        var sql = numbered + JUDGED + stored + COUNTED;
        return OwnPlan.query(jdbc, sql, (row, number) -> plan(row), values.toArray())
                .getFirst();
    }

    private static Conditions conditions(Selection selection) {
        if (selection.filter() == null) {
            return new Conditions().and("id = any(?)", (Object) selection.ids().toArray(UUID[]::new));
        }
        var conditions = ParkedLists.conditions(selection.filter(), timestamp(selection))
                .and("parked_at < now()")
                .andIf("parked_at < ?", timestamp(selection));
        return selection.action() == Action.DISCARD ? conditions.and("not " + ParkedErasure.ERASES) : conditions;
    }

    private static Timestamp timestamp(Selection selection) {
        return selection.before() == null ? null : Timestamp.from(selection.before());
    }

    private static Plan plan(ResultSet row) throws SQLException {
        return new Plan(
                row.getInt("matches"),
                row.getInt("events"),
                row.getInt("followers"),
                row.getInt("orders"),
                row.getInt("already_done"),
                row.getInt("too_late"),
                row.getInt("behind_another"),
                row.getTimestamp("before").toInstant());
    }
}
