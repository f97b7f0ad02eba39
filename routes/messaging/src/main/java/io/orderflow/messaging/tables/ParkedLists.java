package io.orderflow.messaging.tables;

import io.orderflow.contracts.Role;
import io.orderflow.messaging.Conditions;
import io.orderflow.messaging.OwnPlan;
import io.orderflow.messaging.ParkedSearch.Filter;
import io.orderflow.messaging.ParkedSearch.Group;
import io.orderflow.messaging.ParkedSearch.Listed;
import io.orderflow.messaging.ParkedSearch.Place;
import io.orderflow.messaging.Parking.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The lists in which a role's parked records are found. Each condition has an index that leads in the list's order, so
 * that a page is read from where it begins; with several of them the database takes the rarest.
 */
public final class ParkedLists {

    /** How far the events of a group are counted. */
    public static final int MOST_COUNTED = 10_000;

    static final String LISTED = ParkedRow.EVENTS + ", state, settled_at, event_type, error_class, error_group";

    private final JdbcTemplate jdbc;
    private final Role role;

    ParkedLists(JdbcTemplate jdbc, Role role) {
        this.jdbc = jdbc;
        this.role = role;
    }

    /** Those that a filter lets through after a place, or from the first on where that is null. */
    public List<Listed> list(Filter filter, Place after, int limit) {
        var conditions = conditions(filter);
        if (after != null) {
            conditions.and("(parked_at, id) > (?, ?)", Timestamp.from(after.parkedAt()), after.id());
        }
        return OwnPlan.query(
                jdbc,
                "%s from %s.parked where %s order by parked_at, id limit ?".formatted(LISTED, role, conditions.sql()),
                (row, number) -> listed(row, role),
                conditions.valuesAnd(limit));
    }

    /** What a filter asks of a row now. */
    static Conditions conditions(Filter filter) {
        return conditions(filter, null);
    }

    /**
     * What a filter asks of a row.
     *
     * @param asOf when it has the ages that are asked for; null, or later than now, for now
     */
    static Conditions conditions(Filter filter, Timestamp asOf) {
        var conditions = new Conditions().and("state = ?", filter.state().name());
        conditions.andIf("order_id = ?", filter.order());
        conditions.andIf("key = ?", filter.key());
        conditions.andIf("topic = ?", filter.topic());
        conditions.andIf("event_type = ?", filter.eventType());
        conditions.andIf(
                "reason = ?", filter.reason() == null ? null : filter.reason().name());
        conditions.andIf("error_class = ?", filter.errorClass());
        conditions.andIf("error_group = ?", filter.group());
        age(conditions, "parked_at <= %s - make_interval(secs => ?)", filter.minAge(), asOf);
        age(conditions, "parked_at >= %s - make_interval(secs => ?)", filter.maxAge(), asOf);
        return conditions;
    }

    private static void age(Conditions conditions, String term, Duration age, Timestamp asOf) {
        if (age != null && asOf == null) {
            conditions.and(term.formatted("now()"), age.toSeconds());
        } else if (age != null) {
            conditions.and(term.formatted("least(?, now())"), asOf, age.toSeconds());
        }
    }

    static Listed listed(ResultSet row, Role role) throws SQLException {
        return new Listed(
                ParkedRow.event(row, role),
                State.valueOf(row.getString("state")),
                instant(row, "settled_at"),
                row.getString("event_type"),
                row.getString("error_class"),
                row.getString("error_group"));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        var at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    /**
     * The groups of what is parked with a name beyond this one, in the order of their names. It steps from each to the
     * next, and reads the two ends of it.
     *
     * @param included whether this one itself is among them
     */
    public List<Group> groups(String after, boolean included, int limit) {
        return jdbc.query("""
                with recursive step as (
                    (select error_group from %1$s.parked
                        where state = 'PARKED' and error_group %2$s ? order by error_group limit 1)
                    union all
                    select next.error_group from step cross join lateral (
                        select error_group from %1$s.parked
                        where state = 'PARKED' and error_group > step.error_group
                        order by error_group limit 1) next)
                select step.error_group, earliest.*, latest.parked_at as last_parked_at,
                    counted.count, tried.tried_at
                from (select error_group from step limit ?) step
                cross join lateral (
                    select id, parked_at, error_class, %1$s.without_values(error) as error from %1$s.parked
                    where state = 'PARKED' and error_group = step.error_group order by parked_at, id limit 1) earliest
                cross join lateral (
                    select parked_at from %1$s.parked
                    where state = 'PARKED' and error_group = step.error_group
                    order by parked_at desc, id desc limit 1) latest
                cross join lateral (
                    select count(*) from (
                        select from %1$s.parked
                        where state = 'PARKED' and error_group = step.error_group limit %3$d) few) counted
                left join lateral (
                    select tried_at from %1$s.parked
                    where error_group = step.error_group and tried_at is not null
                    order by tried_at desc limit 1) tried on true
                order by step.error_group""".formatted(role, included ? ">=" : ">", MOST_COUNTED + 1), this::group, after, limit);
    }

    private Group group(ResultSet row, int number) throws SQLException {
        long count = row.getLong("count");
        return new Group(
                role,
                row.getString("error_group"),
                row.getString("error_class"),
                row.getString("error"),
                Math.min(count, MOST_COUNTED),
                count > MOST_COUNTED,
                new Place(instant(row, "parked_at"), row.getObject("id", UUID.class)),
                instant(row, "last_parked_at"),
                instant(row, "tried_at"));
    }
}
