package io.orderflow.messaging.tables;

import io.orderflow.messaging.OwnPlan;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes the bytes out of parked records of topics whose values can be erased: what stays is where a record stood, its
 * hash and why it was parked. Such a value is kept only for as long as somebody may still release it.
 */
public final class ParkedErasure {

    /**
     * Which parked records are erasures, as {@link ParkedRows.Held#erases} says it: the others have a value. What
     * nobody can read erases nothing.
     */
    static final String ERASES = "(value is null and reason <> 'UNREADABLE')";

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
        return giveUp(topic, erased, "true");
    }

    private int giveUp(String topic, Collection<String> of, String which) {
        var all = of.toArray(String[]::new);
        int given = jdbc.update("""
                with waiting as materialized (
                    select id from %1$s.parked where topic = ? and key = any(?) and state = 'PARKED' and %2$s
                    order by position for update)
                update %1$s.parked set state = 'DISCARDED', settled_at = now(), value = null, headers = '[]', stack = null
                from waiting where parked.id = waiting.id""".formatted(schema, which), topic, all);
        keys.unlockIfEmpty(topic, all);
        return given;
    }

    /** The erasures that are parked themselves, oldest first: they failed, or a version parked them behind others. */
    public List<UUID> parkedErasures(Collection<String> topics) {
        return jdbc.queryForList("""
                select id from %s.parked where topic = any(?) and state = 'PARKED' and %s
                order by position limit 5000""".formatted(schema, ERASES), UUID.class, (Object) topics.toArray(String[]::new));
    }

    /**
     * Erases what was released or discarded with its bytes, as a version did that knew nothing of this.
     *
     * @return how many records
     */
    public int eraseEnded(Collection<String> topics) {
        return jdbc.update("""
                update %s.parked set value = null, headers = '[]', stack = null
                where topic = any(?) and state <> 'PARKED' and value is not null""".formatted(schema), (Object) topics.toArray(String[]::new));
    }

    /**
     * Gives up what nobody has released for so long, whether or not its erasure was heard; each key in a transaction of
     * its own. An erasure stays until it takes effect.
     *
     * @return how many records
     */
    public int eraseOlderThan(Duration age, Collection<String> topics) {
        var transaction = new TransactionTemplate(new JdbcTransactionManager(jdbc.getDataSource()));
        return topics.stream()
                .mapToInt(topic -> overdue(age, topic).stream()
                        .mapToInt(key -> transaction.execute(status -> {
                            keys.lock(topic, key);
                            return giveUp(topic, List.of(key), "not " + ERASES);
                        }))
                        .sum())
                .sum();
    }

    private List<String> overdue(Duration age, String topic) {
        return OwnPlan.query(
                jdbc, """
                select distinct key from %s.parked
                where topic = ? and state = 'PARKED' and parked_at < now() - make_interval(secs => ?) and not %s
                order by key limit 5000""".formatted(schema, ERASES), (row, number) -> row.getString(1), topic, age.toSeconds());
    }
}
