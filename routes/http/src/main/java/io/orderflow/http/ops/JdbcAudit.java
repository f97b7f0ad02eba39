package io.orderflow.http.ops;

import io.orderflow.contracts.Role;
import io.orderflow.http.Audit;
import io.orderflow.http.Call;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The audit tables, one in the schema of each service, so that a call's row commits with what the call does. A call
 * that concerns no service is written into the first one's table.
 */
final class JdbcAudit implements Audit {

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
            String result) {}

    @Override
    public void write(Call call, String result) {
        jdbc.update(
                """
                insert into %s.audit (id, caller, roles, action, target, reason, result)
                values (?, ?, ?, ?, ?, ?, ?) on conflict (id) do nothing""".formatted(schema(call)),
                call.id(),
                call.caller().id(),
                String.join(" ", call.roles().stream().sorted().toList()),
                call.action(),
                call.target(),
                call.reason(),
                result);
    }

    private Role schema(Call call) {
        return here.get().stream()
                .filter(role -> role.name().equals(call.service()))
                .findFirst()
                .orElseGet(() -> here.get().getFirst());
    }

    /** The calls before this one in all services of this process, the newest first. */
    List<Entry> listBefore(UUID id, int limit) {
        return here.get().stream()
                .flatMap(role -> listBefore(role, id, limit).stream())
                .sorted(Comparator.comparing((Entry entry) -> entry.id().toString())
                        .reversed())
                .limit(limit)
                .toList();
    }

    private List<Entry> listBefore(Role role, UUID id, int limit) {
        return jdbc.query(
                "select * from %s.audit where id < ? order by id desc limit ?".formatted(role),
                (row, number) -> new Entry(
                        row.getObject("id", UUID.class),
                        row.getTimestamp("at").toInstant(),
                        role.name(),
                        row.getString("caller"),
                        row.getString("roles"),
                        row.getString("action"),
                        row.getString("target"),
                        row.getString("reason"),
                        row.getString("result")),
                id,
                limit);
    }
}
