package io.orderflow.messaging.tables;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The lock of each topic and key that has parked records, under which they are parked, checked, released and erased.
 */
public final class ParkedKeys {

    private final JdbcTemplate jdbc;
    private final String schema;

    ParkedKeys(JdbcTemplate jdbc, String schema) {
        this.jdbc = jdbc;
        this.schema = schema;
    }

    /** Locks those of these keys that have parked events, until the transaction ends, and answers them. */
    public Set<String> lockParked(String topic, Collection<String> keys) {
        return new HashSet<>(jdbc.query(
                "select key from %s.parked_key where topic = ? and key = any(?) order by key for update"
                        .formatted(schema),
                (row, number) -> row.getString(1),
                topic,
                keys.toArray(String[]::new)));
    }

    /** Takes the lock of a key, making it if there is none. */
    public void lock(String topic, String key) {
        jdbc.update("""
                insert into %s.parked_key (topic, key) values (?, ?)
                on conflict (topic, key) do update set key = excluded.key""".formatted(schema), topic, key);
    }

    /** Lets a key's later events pass again if none of its parked ones holds them up. */
    public void unlockIfEmpty(String topic, String key) {
        jdbc.update("""
                delete from %1$s.parked_key held where topic = ? and key = ? and not exists (
                    select from %1$s.parked waiting
                    where waiting.topic = held.topic and waiting.key = held.key
                      and waiting.state = 'PARKED' and waiting.reason <> 'NOT_UNDERSTOOD')""".formatted(schema), topic, key);
    }
}
