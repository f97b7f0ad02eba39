package io.orderflow.messaging.tables;

import io.orderflow.contracts.Role;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The events that took effect in a role: an idempotent receiver whose row is written in the same transaction as the
 * effect.
 *
 * <p>Rows are partitioned by the day that an event's own id tells, not by the day of receipt: so a redelivered event
 * meets its first row whenever it comes, and old days are dropped whole.
 */
public final class Inbox {

    private static final String TODAY = "(clock_timestamp() at time zone 'UTC')::date";
    private static final int DAYS_AHEAD = 3;

    /**
     * The day of an id must be the same whenever its event comes, so nearly all days are taken as they are: one that is
     * not made yet waits among the undated.
     */
    private static final int FARTHEST_DAYS = 365;

    private final JdbcTemplate jdbc;
    private final String schema;
    private final Duration retention;

    /** @param retention how long it remembers, counted by the day of an event's id */
    public Inbox(JdbcTemplate jdbc, Role role, Duration retention) {
        this.jdbc = jdbc;
        this.schema = role.name();
        this.retention = retention;
    }

    /**
     * An event's identity and the hash of its bytes.
     */
    public record Entry(UUID eventId, byte[] sha256) {}

    /** What the inbox says of an event. */
    public enum Answer {
        /** Not seen before; it is now. */
        FRESH,
        /** It took effect already. */
        DUPLICATE,
        /** An event with this id took effect, but it was another one. */
        OTHER_BYTES
    }

    /**
     * Notes these events in the running transaction, with one statement, and says of each whether it is to take effect.
     */
    public Answer[] receive(List<Entry> entries) {
        var answers = new Answer[entries.size()];
        Map<UUID, Integer> first = new HashMap<>();
        for (int i = 0; i < answers.length; i++) {
            var entry = entries.get(i);
            var before = first.putIfAbsent(entry.eventId(), i);
            if (before != null) {
                answers[i] = same(entries.get(before).sha256(), entry.sha256());
            }
        }
        var fresh = insert(entries, first.values());
        Map<UUID, byte[]> known = fresh.size() == first.size() ? Map.of() : hashes(first.keySet(), fresh);
        first.forEach((id, index) -> answers[index] = fresh.contains(id)
                ? Answer.FRESH
                : same(known.get(id), entries.get(index).sha256()));
        return answers;
    }

    private static Answer same(byte[] known, byte[] given) {
        return Arrays.equals(known, given) ? Answer.DUPLICATE : Answer.OTHER_BYTES;
    }

    private Set<UUID> insert(List<Entry> entries, Collection<Integer> indexes) {
        var ids = indexes.stream().map(index -> entries.get(index).eventId()).toArray(UUID[]::new);
        var times = Arrays.stream(ids).map(Inbox::time).toArray(Long[]::new);
        var hashes = indexes.stream().map(index -> entries.get(index).sha256()).toArray(byte[][]::new);
        return new HashSet<>(jdbc.query(
                """
                insert into %s.inbox (day, event_id, sha256)
                select case when day between today - ?::integer and today + ?::integer then day
                            when to_regclass('%s.inbox_' || to_char(day, 'YYYYMMDD')) is not null then day
                            else date '1970-01-01' end,
                       event_id, sha256
                from (select %s as today) as clock,
                     unnest(?::bigint[], ?::uuid[], ?::bytea[]) as row (millis, event_id, sha256),
                     lateral (select (to_timestamp(millis / 1000.0) at time zone 'UTC')::date as day) as told
                order by event_id
                on conflict do nothing
                returning event_id""".formatted(schema, schema, TODAY),
                (row, number) -> row.getObject(1, UUID.class),
                retention.toDays(),
                FARTHEST_DAYS,
                times,
                ids,
                hashes));
    }

    private Map<UUID, byte[]> hashes(Set<UUID> ids, Set<UUID> fresh) {
        Map<UUID, byte[]> hashes = new HashMap<>();
        var seen = ids.stream().filter(id -> !fresh.contains(id)).toArray(UUID[]::new);
        jdbc.query(
                "select event_id, sha256 from %s.inbox where event_id = any(?)".formatted(schema),
                row -> {
                    hashes.put(row.getObject(1, UUID.class), row.getBytes(2));
                },
                (Object) seen);
        return hashes;
    }

    /**
     * The time that a UUIDv7 tells, in milliseconds; null for ids that tell none. They share one day, as do those whose
     * day is outside of what the inbox keeps.
     */
    private static Long time(UUID id) {
        return id.version() == 7 ? id.getMostSignificantBits() >>> 16 : null;
    }

    /**
     * Makes the days to come, drops those that are past the retention, and forgets undated ids by their age. It needs
     * no transaction around it: each of the two statements is whole by itself.
     */
    public void keepDays() {
        jdbc.query(
                "select %s.keep_inbox_days(today - ?::integer, today - 1, today + ?::integer) from (select %s as today) as clock"
                        .formatted(schema, TODAY),
                row -> {},
                retention.toDays(),
                DAYS_AHEAD);
        jdbc.update(
                "delete from %s.inbox_undated where received_at < now() - make_interval(secs => ?)".formatted(schema),
                retention.toSeconds());
    }
}
