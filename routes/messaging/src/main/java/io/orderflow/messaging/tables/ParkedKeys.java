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

    /**
     * The same where some of the keys are erased: those are locked in any case, for their erasure reaches what is
     * parked of them and holds up nothing. All in one order, so all of the keys.
     */
    public Set<String> lockParked(String topic, Collection<String> keys, Collection<String> erased) {
        if (erased.isEmpty()) {
            return lockParked(topic, keys);
        }
        var given = keys.toArray(String[]::new);
        jdbc.update("""
                insert into %s.parked_key (topic, key) select ?, key from unnest(?) as given (key) order by key
                on conflict (topic, key) do update set key = excluded.key""".formatted(schema), topic, given);
        // A row that goes in the transaction in which it came is a lock until the end of that.
        unlockIfEmpty(topic, given);
        return new HashSet<>(jdbc.queryForList(
                "select key from %s.parked_key where topic = ? and key = any(?)".formatted(schema),
                String.class,
                topic,
                given));
    }

    /** Takes the lock of a key, making it if there is none. */
    public void lock(String topic, String key) {
        jdbc.update("""
                insert into %s.parked_key (topic, key) values (?, ?)
                on conflict (topic, key) do update set key = excluded.key""".formatted(schema), topic, key);
    }

    /** Lets the later events of each of these keys pass again if none of its parked ones holds them up. */
    public void unlockIfEmpty(String topic, String... keys) {
        jdbc.update("""
                delete from %1$s.parked_key held where topic = ? and key = any(?) and not exists (
                    select from %1$s.parked waiting
                    where waiting.topic = held.topic and waiting.key = held.key
                      and waiting.state = 'PARKED' and waiting.reason <> 'NOT_UNDERSTOOD')""".formatted(schema), topic, keys);
    }
}
