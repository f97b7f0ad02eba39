package io.orderflow.messaging.tables;

import io.orderflow.contracts.Role;
import io.orderflow.messaging.Conditions;
import io.orderflow.messaging.Parking.Result;
import io.orderflow.messaging.Releases.Action;
import io.orderflow.messaging.Releases.Item;
import io.orderflow.messaging.Releases.Place;
import io.orderflow.messaging.Releases.Release;
import io.orderflow.messaging.Releases.State;
import io.orderflow.messaging.Releases.Tried;
import io.orderflow.messaging.Standing;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** What operators see of a role's releases: each with its progress, and what became of each event. */
public final class ReleaseLists {

    /** How many of the events that were parked since are looked at. */
    public static final int MOST_LATER = 10_000;

    private static final String NOT_KNOWN = "select null::uuid as id, null as state where false";

    /** The oldest of those that are open runs. */
    private static final String RELEASES = """
            select *, case when state <> 'OPEN' then state
                when id = (select id from %1$s.release where state = 'OPEN' order by position limit 1) then 'RUNNING'
                else 'WAITING' end as shown
            from %1$s.release""";

    private final JdbcTemplate jdbc;
    private final Role role;

    ReleaseLists(JdbcTemplate jdbc, Role role) {
        this.jdbc = jdbc;
        this.role = role;
    }

    /** Those that were made before a place, the newest first; null for the first page. */
    public List<Release> list(Place before, int limit) {
        var conditions = new Conditions();
        if (before != null) {
            conditions.and("(created_at, id) < (?, ?)", Timestamp.from(before.createdAt()), before.id());
        }
        return jdbc.query(
                (RELEASES + " where %2$s order by created_at desc, id desc limit ?").formatted(role, conditions.sql()),
                (row, number) -> release(row),
                conditions.valuesAnd(limit));
    }

    /** The release with this id. */
    public Optional<Release> find(UUID id) {
        return jdbc.query((RELEASES + " where id = ?").formatted(role), (row, number) -> release(row), id).stream()
                .findFirst();
    }

    /**
     * Releases that are not over.
     *
     * @param waiting how many wait for the one that runs
     * @param running 1 where one runs
     * @param oldest for how long ago the oldest of these was made, which is the one that runs; zero where none is
     */
    public record Open(int waiting, int running, int paused, Duration oldest) {}

    /** Those that are not over, each kind counted up to a limit. */
    public Open open(int limit) {
        return jdbc.queryForObject(
                """
                select (select count(*) from (select from %1$s.release where state = 'OPEN' limit ?) counted) as open,
                    (select count(*) from (select from %1$s.release where state = 'PAUSED' limit ?) counted) as paused,
                    coalesce((select extract(epoch from clock_timestamp() - created_at) * 1000 from %1$s.release
                        where state = 'OPEN' order by position limit 1), 0)::bigint as oldest""".formatted(role),
                (row, number) -> {
                    int open = row.getInt("open");
                    int running = Math.min(open, 1);
                    return new Open(
                            open - running, running, row.getInt("paused"), Duration.ofMillis(row.getLong("oldest")));
                },
                limit,
                limit);
    }

    private Release release(ResultSet row) throws SQLException {
        return new Release(
                row.getObject("id", UUID.class),
                role,
                Action.valueOf(row.getString("action")),
                State.valueOf(row.getString("shown")),
                row.getString("what"),
                row.getString("caller"),
                row.getString("reason"),
                row.getInt("per_minute"),
                row.getInt("events"),
                row.getInt("followers"),
                row.getInt("orders"),
                row.getInt("done"),
                row.getInt("failed_again"),
                row.getInt("already_done"),
                row.getInt("refused"),
                row.getInt("events") - row.getInt("place") + 1,
                instant(row, "created_at"),
                instant(row, "ended_at"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    /**
     * How many of the first that were parked since it was made are under one of its keys, or are what its filter lets
     * through.
     */
    public int later(UUID id) {
        return jdbc.queryForObject("""
                select count(*) from %1$s.release made cross join lateral (
                    select * from %1$s.parked where state = 'PARKED' and parked_at >= made.chosen_before
                        and (made.action = 'RELEASE' or not %2$s)
                    order by parked_at, id limit ?) since
                where made.id = ? and ((
                        select true from %1$s.release_event item
                        where item.release = made.id and item.topic = since.topic and item.key = since.key limit 1)
                    or made.filter is not null
                        and (filter ->> 'order_id' is null or since.order_id::text = filter ->> 'order_id')
                        and (filter ->> 'key' is null or since.key = filter ->> 'key')
                        and (filter ->> 'topic' is null or since.topic = filter ->> 'topic')
                        and (filter ->> 'event_type' is null or since.event_type = filter ->> 'event_type')
                        and (filter ->> 'reason' is null or since.reason = filter ->> 'reason')
                        and (filter ->> 'error_class' is null or since.error_class = filter ->> 'error_class')
                        and (filter ->> 'error_group' is null or since.error_group = filter ->> 'error_group'))""".formatted(role, ParkedErasure.ERASES), Integer.class, MOST_LATER, id);
    }

    /**
     * The events of a release after a place; those with a result, or all where that is null.
     *
     * @param standing where the role's orders stand; null where it does not know
     */
    public List<Item> items(UUID id, Result result, int after, int limit, Standing standing) {
        var conditions = new Conditions()
                .and("release = ?", id)
                .and("place > ?", after)
                .andIf("result = ?", result == null ? null : result.name());
        return jdbc.query(
                """
                select item.*, order_id, known.state as standing,
                    case when result = 'FAILED_AGAIN' then parked.error end as error
                from (select * from %1$s.release_event where %2$s order by place limit ?) item
                left join %1$s.parked on parked.id = item.event
                left join lateral (select stands.state from (%3$s) stands where stands.id = order_id limit 1) known
                    on true
                order by item.place""".formatted(role, conditions.sql(), standing == null ? NOT_KNOWN : standing.sql()),
                (row, number) -> new Item(
                        row.getInt("place"),
                        row.getObject("event", UUID.class),
                        row.getObject("order_id", UUID.class),
                        row.getString("standing"),
                        row.getString("topic"),
                        row.getString("key"),
                        row.getBoolean("follower"),
                        result(row),
                        row.getString("error"),
                        instant(row, "tried_at")),
                conditions.valuesAnd(limit));
    }

    private static Result result(ResultSet row) throws SQLException {
        var result = row.getString("result");
        return result == null ? null : Result.valueOf(result);
    }

    /** What releases did with an event, the oldest first; of very many the last. */
    public List<Tried> ofEvent(UUID event, int limit) {
        return jdbc.query(
                        """
                        select made.id, result, tried_at, caller, reason, call from %1$s.release_event item
                        join %1$s.release made on made.id = item.release
                        where event = ? and result in ('RELEASED', 'DISCARDED', 'FAILED_AGAIN')
                        order by tried_at desc limit ?""".formatted(role),
                        (row, number) -> new Tried(
                                row.getObject("id", UUID.class),
                                result(row),
                                instant(row, "tried_at"),
                                row.getString("caller"),
                                row.getString("reason"),
                                row.getObject("call", UUID.class)),
                        event,
                        limit)
                .reversed();
    }
}
