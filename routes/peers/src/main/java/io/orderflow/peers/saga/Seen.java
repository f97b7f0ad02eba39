package io.orderflow.peers.saga;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;

/** The inboxes: each service's knowledge of the messages that it has handled, kept in its own schema. */
@Component
public class Seen {

    private final JdbcTemplate jdbc;

    public Seen(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Those that the service has not handled yet; with the commit of the transaction it has. */
    public List<EventMessage> fresh(String service, List<EventMessage> said) {
        Map<UUID, EventMessage> byId = new LinkedHashMap<>();
        said.forEach(one -> byId.putIfAbsent(one.id(), one));
        if (byId.isEmpty()) {
            return List.of();
        }
        var sql = "insert into " + service
                + ".inbox (event_id) select unnest(?) on conflict do nothing returning event_id";
        Set<UUID> fresh = new HashSet<>(jdbc.query(
                sql,
                statement -> statement.setArray(
                        1,
                        statement
                                .getConnection()
                                .createArrayOf("uuid", byId.keySet().toArray())),
                (row, number) -> row.getObject(1, UUID.class)));
        return byId.values().stream().filter(one -> fresh.contains(one.id())).toList();
    }
}
