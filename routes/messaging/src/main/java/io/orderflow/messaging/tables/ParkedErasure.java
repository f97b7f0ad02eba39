package io.orderflow.messaging.tables;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes the bytes out of parked records of topics whose values can be erased: what stays is where a record stood, its
 * hash and why it was parked. Such a value is kept only for as long as somebody may still release it.
 */
public final class ParkedErasure {

    private final JdbcTemplate jdbc;
    private final String schema;
    private final ParkedKeys keys;

    ParkedErasure(JdbcTemplate jdbc, String schema, ParkedKeys keys) {
        this.jdbc = jdbc;
        this.schema = schema;
        this.keys = keys;
    }

    /**
     * Gives up what is parked under these keys, for their erasure takes effect in the running transaction: what comes
     * later passes.
     *
     * @return how many records
     */
    public int erase(String topic, Collection<String> erased) {
        var held = jdbc.queryForList("""
                with waiting as materialized (
                    select id from %1$s.parked where topic = ? and key = any(?) and state = 'PARKED'
                    order by position for update)
                update %1$s.parked set state = 'DISCARDED', settled_at = now(), value = null, headers = '[]'
                from waiting where parked.id = waiting.id
                returning parked.key""".formatted(schema), String.class, topic, erased.toArray(String[]::new));
        held.stream().distinct().sorted().forEach(key -> keys.unlockIfEmpty(topic, key));
        return held.size();
    }

    /**
     * Erases what was released or discarded with its bytes, as a version did that knew nothing of this.
     *
     * @return how many records
     */
    public int eraseEnded(Collection<String> topics) {
        return jdbc.update("""
                update %s.parked set value = null, headers = '[]'
                where topic = any(?) and state <> 'PARKED' and value is not null""".formatted(schema), (Object) topics.toArray(String[]::new));
    }

    /**
     * Gives up what nobody has released for so long, whether or not its erasure was heard; each key in a transaction of
     * its own.
     *
     * @return how many records
     */
    public int eraseOlderThan(Duration age, Collection<String> topics) {
        var transaction = new TransactionTemplate(new JdbcTransactionManager(jdbc.getDataSource()));
        return topics.stream()
                .mapToInt(topic -> overdue(age, topic).stream()
                        .mapToInt(key -> transaction.execute(status -> {
                            keys.lock(topic, key);
                            int given = erase(topic, List.of(key));
                            keys.unlockIfEmpty(topic, key);
                            return given;
                        }))
                        .sum())
                .sum();
    }

    private List<String> overdue(Duration age, String topic) {
        return jdbc.queryForList("""
                select distinct key from %s.parked
                where topic = ? and state = 'PARKED' and parked_at < now() - make_interval(secs => ?)
                order by key limit 5000""".formatted(schema), String.class, topic, age.toSeconds());
    }
}
