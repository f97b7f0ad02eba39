package io.orderflow.messaging.tables;

import com.github.f4b6a3.uuid.UuidCreator;
import io.orderflow.contracts.Role;
import io.orderflow.messaging.OwnPlan;
import io.orderflow.messaging.ParkedSearch.Filter;
import io.orderflow.messaging.Parking.Result;
import io.orderflow.messaging.Releases.Action;
import io.orderflow.messaging.Releases.Differs;
import io.orderflow.messaging.Releases.Order;
import io.orderflow.messaging.Releases.Plan;
import io.orderflow.messaging.Releases.Selection;
import io.orderflow.messaging.Releases.Step;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A role's releases and how far each is. Place and pace are moved on by whoever ends an event, in the same transaction;
 * who finds them moved by another has to give back what he did.
 */
public final class ReleaseRows {

    /** What a release that was held up may catch up with, as a time of its pace. */
    private static final Duration CAUGHT_UP = Duration.ofSeconds(1);

    private static final int SECONDS_IN_A_MINUTE = 60;

    private static final String FILTER = """
            jsonb_strip_nulls(jsonb_build_object('order_id', ?::text, 'key', ?::text, 'topic', ?::text,
                'event_type', ?::text, 'reason', ?::text, 'error_class', ?::text, 'error_group', ?::text))""";

    private final JdbcTemplate jdbc;
    private final String schema;
    private final ReleaseSelection selection;
    private final ReleaseLists lists;

    ReleaseRows(JdbcTemplate jdbc, Role role) {
        this.jdbc = jdbc;
        this.schema = role.name();
        this.selection = new ReleaseSelection(jdbc, schema);
        this.lists = new ReleaseLists(jdbc, role);
    }

    public ReleaseLists lists() {
        return lists;
    }

    /** What a selection comes to. */
    public Plan plan(Selection wanted, Duration window) {
        return selection.plan(wanted, window);
    }

    /**
     * Stores a release with the events that its selection comes to now, in the running transaction.
     *
     * @throws Differs if they are not as many as was expected
     */
    public UUID store(Selection wanted, Order order, Duration window) {
        var id = UuidCreator.getTimeOrderedEpoch();
        jdbc.update("""
                insert into %s.release (id, action, what, filter, caller, reason, call, per_minute, chosen_before)
                values (?, ?, ?, %s, ?, ?, ?, ?, now())""".formatted(schema, wanted.filter() == null ? "null" : FILTER), values(id, wanted, order));
        var plan = selection.store(id, wanted, window);
        if (order.matches() != null && order.matches() != plan.matches()) {
            throw new Differs(plan.matches());
        }
        jdbc.update(
                """
                update %s.release set events = ?, followers = ?, orders = ?, chosen_before = ?,
                    state = case when ? then 'DONE' else state end, ended_at = case when ? then now() end
                where id = ?""".formatted(schema),
                plan.events(),
                plan.followers(),
                plan.orders(),
                Timestamp.from(plan.before()),
                plan.events() == 0,
                plan.events() == 0,
                id);
        return id;
    }

    private static Object[] values(UUID id, Selection wanted, Order order) {
        var filter = wanted.filter();
        return Stream.of(
                        new Object[] {id, wanted.action().name(), order.what()},
                        filter == null ? new Object[0] : values(filter),
                        new Object[] {order.caller(), order.reason(), order.call(), order.perMinute()})
                .flatMap(Arrays::stream)
                .toArray();
    }

    private static Object[] values(Filter filter) {
        return new Object[] {
            filter.order() == null ? null : filter.order().toString(),
            filter.key(),
            filter.topic(),
            filter.eventType(),
            filter.reason() == null ? null : filter.reason().name(),
            filter.errorClass(),
            filter.group()
        };
    }

    /**
     * The event that is next.
     *
     * @param dueIn for how long it is not due yet, by the database's clock
     */
    public record Next(UUID release, Action action, int place, UUID event, Duration dueIn) {}

    /** The next event of the release that runs; empty where none is open. */
    public Optional<Next> next() {
        return jdbc
                .query(
                        """
                        select runs.id, action, runs.place, event,
                            ceil(greatest(0, extract(epoch from due_at - clock_timestamp()) * 1000))::bigint as due_in
                        from (select * from %1$s.release where state = 'OPEN' order by position limit 1) runs
                        join %1$s.release_event item on item.release = runs.id and item.place = runs.place""".formatted(schema),
                        (row, number) -> new Next(
                                row.getObject("id", UUID.class),
                                Action.valueOf(row.getString("action")),
                                row.getInt("place"),
                                row.getObject("event", UUID.class),
                                Duration.ofMillis(row.getLong("due_in"))))
                .stream()
                .findFirst();
    }

    /**
     * Notes what became of an event and moves its release on; only what was tried takes of the pace.
     *
     * @return false if the release does not run any more, or another has moved it on: then nothing is noted
     */
    public boolean moveOn(Next next, Result result) {
        int moved = jdbc.update(
                """
                update %s.release set place = place + 1, done = done + ?, failed_again = failed_again + ?,
                    already_done = already_done + ?, refused = refused + ?,
                    due_at = case when ? then greatest(due_at, clock_timestamp() - make_interval(secs => ?))
                        + make_interval(secs => ?::float / per_minute) else due_at end,
                    state = case when place = events then 'DONE' else state end,
                    ended_at = case when place = events then clock_timestamp() end
                where id = ? and place = ? and state = 'OPEN'""".formatted(schema),
                one(result == Result.RELEASED || result == Result.DISCARDED),
                one(result == Result.FAILED_AGAIN),
                one(result == Result.NOT_PARKED),
                one(result == Result.BEHIND_ANOTHER || result == Result.TOO_LATE),
                result == Result.RELEASED || result == Result.DISCARDED || result == Result.FAILED_AGAIN,
                CAUGHT_UP.toSeconds(),
                SECONDS_IN_A_MINUTE,
                next.release(),
                next.place());
        if (moved == 0) {
            return false;
        }
        jdbc.update("""
                update %s.release_event set result = ?, tried_at = clock_timestamp()
                where release = ? and place = ?""".formatted(schema), result.name(), next.release(), next.place());
        return true;
    }

    private static int one(boolean is) {
        return is ? 1 : 0;
    }

    /**
     * Takes a step, if the release's state allows it; it waits for an event that is being ended. What is
     * paused is due no sooner than its pause: so one can see for how long it has been.
     */
    public boolean take(UUID id, Step step) {
        var sql =
                switch (step) {
                    case PAUSE -> """
                        set state = 'PAUSED', due_at = greatest(due_at, clock_timestamp())
                        where id = ? and state = 'OPEN'""";
                    case RESUME -> "set state = 'OPEN' where id = ? and state = 'PAUSED'";
                    case STOP -> """
                        set state = 'STOPPED', ended_at = clock_timestamp()
                        where id = ? and state in ('OPEN', 'PAUSED')""";
                };
        return jdbc.update("update %s.release %s".formatted(schema, sql), id) == 1;
    }

    /** Locks a release until the transaction ends, so that its state stays what is read of it. */
    public void lock(UUID id) {
        jdbc.queryForList("select from %s.release where id = ? for update".formatted(schema), id);
    }

    /**
     * Stops what has been paused for longer than this.
     *
     * @return which
     */
    public List<UUID> stopPaused(Duration time) {
        return jdbc.queryForList("""
                update %s.release set state = 'STOPPED', ended_at = clock_timestamp()
                where state = 'PAUSED' and due_at < now() - make_interval(secs => ?)
                returning id""".formatted(schema), UUID.class, time.toMillis() / 1000.0);
    }

    /** Forgets what is over for so long. */
    public int forgetEnded(Duration age) {
        return OwnPlan.update(
                jdbc,
                "delete from %s.release where ended_at < now() - make_interval(secs => ?)".formatted(schema),
                age.toSeconds());
    }
}
