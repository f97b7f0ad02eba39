package io.orderflow.http.ops;

import io.orderflow.contracts.Role;
import io.orderflow.http.Audit;
import io.orderflow.http.Call;
import io.orderflow.http.PlaceInTime;
import io.orderflow.messaging.Conditions;
import io.orderflow.messaging.OwnPlan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The audit tables, one in the schema of each service, so that a call's row commits with what the call does. A call
 * that concerns no service is written into the first one's table.
 */
final class JdbcAudit implements Audit {

    /** Sorts behind whatever a path has. */
    private static final String LAST = "\u007f";

    private final JdbcTemplate jdbc;
    private final Supplier<List<Role>> here;

    /** @param here the services of this process, asked for when they are known */
    JdbcAudit(JdbcTemplate jdbc, Supplier<List<Role>> here) {
        this.jdbc = jdbc;
        this.here = here;
    }

    /** A row. */
    record Entry(
            UUID id,
            Instant at,
            String service,
            String caller,
            String roles,
            String action,
            String target,
            String reason,
            String result,
            String before,
            String after) {}

    /**
     * Which rows are asked for. What is null is not asked about.
     *
     * @param target a path, or what all paths begin with
     * @param since from then on, by the database's clock
     * @param until before then
     */
    record Filter(String caller, String action, String target, Instant since, Instant until) {}

    @Override
    public void write(Call call, String result) {
        jdbc.update(
                """
                insert into %s.audit (id, caller, roles, action, target, reason, result, was, became)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing""".formatted(schema(call)),
                call.id(),
                call.caller().id(),
                String.join(" ", call.roles().stream().sorted().toList()),
                call.action(),
                call.target(),
                call.reason(),
                result,
                call.change() == null ? null : call.change().before(),
                call.change() == null ? null : call.change().after());
    }

    private Role schema(Call call) {
        return here.get().stream()
                .filter(role -> role.name().equals(call.service()))
                .findFirst()
                .orElseGet(() -> here.get().getFirst());
    }

    /** The calls in all services of this process, from a place on back in time, or from the newest. */
    List<Entry> list(Filter filter, PlaceInTime from, int limit) {
        return here.get().stream()
                .flatMap(role -> list(role, filter, from, limit).stream())
                .sorted(Comparator.comparing(Entry::at)
                        .thenComparing(entry -> entry.id().toString())
                        .reversed())
                .limit(limit)
                .toList();
    }

    private List<Entry> list(Role role, Filter filter, PlaceInTime from, int limit) {
        var conditions = new Conditions().andIf("caller = ?", filter.caller()).andIf("action = ?", filter.action());
        if (filter.target() != null) {
            conditions.and(
                    "target collate \"C\" >= ? and target collate \"C\" < ?", filter.target(), filter.target() + LAST);
        }
        if (filter.since() != null) {
            conditions.and("at >= ?", Timestamp.from(filter.since()));
        }
        if (filter.until() != null) {
            conditions.and("at < ?", Timestamp.from(filter.until()));
        }
        if (from != null) {
            conditions.and("(at, id) < (?, ?)", Timestamp.from(from.at()), from.id());
        }
        return OwnPlan.query(
                jdbc,
                "select * from %s.audit where %s order by at desc, id desc limit ?".formatted(role, conditions.sql()),
                (row, number) -> entry(row, role),
                conditions.valuesAnd(limit));
    }

    /** What operators did to a parked event of a service, the oldest first; of very many calls the last. */
    List<Entry> ofParked(Role role, UUID id, int limit) {
        var paths = Stream.of(id.toString(), id.toString().toUpperCase(Locale.ROOT))
                .flatMap(text -> Stream.of("/ops/parked/" + text + "/release", "/ops/parked/" + text + "/discard"))
                .toArray(String[]::new);
        return OwnPlan.query(
                        jdbc,
                        """
                        select * from %s.audit where target collate "C" = any(?) and result = any(?)
                        order by at desc, id desc limit ?""".formatted(role),
                        (row, number) -> entry(row, role),
                        paths,
                        new String[] {"FAILED_AGAIN", "RELEASED", "DISCARDED"},
                        limit)
                .reversed();
    }

    private static Entry entry(ResultSet row, Role role) throws SQLException {
        return new Entry(
                row.getObject("id", UUID.class),
                row.getTimestamp("at").toInstant(),
                role.name(),
                row.getString("caller"),
                row.getString("roles"),
                row.getString("action"),
                row.getString("target"),
                row.getString("reason"),
                row.getString("result"),
                row.getString("was"),
                row.getString("became"));
    }
}
