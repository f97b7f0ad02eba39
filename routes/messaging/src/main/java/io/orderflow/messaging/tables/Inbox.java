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
 * <p>An event is known by its topic, which has one writer, and its id. The version before told no topic: its rows count
 * for every one. An event whose id another topic's had first has its row among the namesakes.
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
     * An event's id with what it is compared by.
     *
     * @param sha256 the hash of its bytes, which the version before compares
     * @param said the hash of what it says, or null where nobody can tell
     */
    public record Entry(UUID eventId, byte[] sha256, byte[] said) {

        private boolean isSame(Entry other) {
            return Arrays.equals(sha256, other.sha256) || said != null && Arrays.equals(said, other.said);
        }
    }

    /** What the inbox says of an event. */
    public enum Answer {
        /** Not seen before; it is now. */
        FRESH,
        /** It took effect already. */
        DUPLICATE,
        /** An event of its topic with this id took effect, but it said something else. */
        ANOTHER
    }

    /**
     * Notes these events of a topic in the running transaction, and says of each whether it is to take effect: with one
     * statement where all are new.
     */
    public Answer[] receive(String topic, List<Entry> entries) {
        Map<UUID, Entry> first = new HashMap<>();
        entries.forEach(entry -> first.putIfAbsent(entry.eventId(), entry));
        var fresh = insert(topic, first.values());
        Map<UUID, Entry> known = new HashMap<>();
        if (fresh.size() < first.size()) {
            known.putAll(known(topic, without(first.keySet(), fresh)));
            fresh.addAll(namesakes(topic, first, known, fresh));
        }
        var answers = new Answer[entries.size()];
        for (int i = 0; i < answers.length; i++) {
            var entry = entries.get(i);
            boolean isFirst = first.get(entry.eventId()) == entry;
            answers[i] = isFirst && fresh.contains(entry.eventId())
                    ? Answer.FRESH
                    : same(known.getOrDefault(entry.eventId(), first.get(entry.eventId())), entry);
        }
        return answers;
    }

    /** Those of these events of a topic that have not taken effect. */
    public Set<UUID> unknown(String topic, Set<UUID> ids) {
        return without(ids, known(topic, ids).keySet());
    }

    private static Answer same(Entry known, Entry given) {
        return known.isSame(given) ? Answer.DUPLICATE : Answer.ANOTHER;
    }

    private static Set<UUID> without(Set<UUID> ids, Set<UUID> others) {
        var rest = new HashSet<>(ids);
        rest.removeAll(others);
        return rest;
    }

    private Set<UUID> insert(String topic, Collection<Entry> entries) {
        var ids = entries.stream().map(Entry::eventId).toArray(UUID[]::new);
        return new HashSet<>(jdbc.query(
                """
                insert into %1$s.inbox (day, event_id, sha256, topic, said)
                select case when days between today - ?::integer and today + ?::integer then date 'epoch' + days
                            when to_regclass('%1$s.inbox_' || to_char(date 'epoch' + days, 'YYYYMMDD')) is not null
                                then date 'epoch' + days
                            else date 'epoch' end,
                       event_id, sha256, given.topic, said
                from (select %2$s - date 'epoch' as today, ?::text as topic) as given,
                     unnest(?::integer[], ?::uuid[], ?::bytea[], ?::bytea[]) as row (days, event_id, sha256, said)
                where not exists (select from %1$s.inbox_namesake) or not exists (
                    select from %1$s.inbox_namesake known
                    where known.event_id = row.event_id and known.topic = given.topic)
                order by event_id
                on conflict do nothing
                returning event_id""".formatted(schema, TODAY),
                (row, number) -> row.getObject(1, UUID.class),
                retention.toDays(),
                FARTHEST_DAYS,
                topic,
                Arrays.stream(ids).map(Inbox::day).toArray(Integer[]::new),
                ids,
                entries.stream().map(Entry::sha256).toArray(byte[][]::new),
                entries.stream().map(Entry::said).toArray(byte[][]::new)));
    }

    /** What is known of these ids on a topic. */
    private Map<UUID, Entry> known(String topic, Set<UUID> ids) {
        Map<UUID, Entry> known = new HashMap<>();
        var asked = ids.toArray(UUID[]::new);
        jdbc.query(
                """
                select event_id, sha256, said from %1$s.inbox
                where event_id = any(?) and (topic is null or topic = ?)
                union all
                select event_id, sha256, said from %1$s.inbox_namesake
                where event_id = any(?) and topic = ?""".formatted(schema),
                row -> {
                    var id = row.getObject(1, UUID.class);
                    known.put(id, new Entry(id, row.getBytes(2), row.getBytes(3)));
                },
                asked,
                topic,
                asked,
                topic);
        return known;
    }

    /** Notes those that share no more than their id with another topic's, and answers which are new. */
    private Set<UUID> namesakes(String topic, Map<UUID, Entry> given, Map<UUID, Entry> known, Set<UUID> fresh) {
        var strangers = without(without(given.keySet(), fresh), known.keySet());
        if (strangers.isEmpty()) {
            return Set.of();
        }
        var entries = strangers.stream().map(given::get).toList();
        var noted = new HashSet<>(jdbc.query(
                """
                insert into %s.inbox_namesake (topic, event_id, sha256, said)
                select ?, event_id, sha256, said
                from unnest(?::uuid[], ?::bytea[], ?::bytea[]) as row (event_id, sha256, said)
                order by event_id
                on conflict do nothing
                returning event_id""".formatted(schema),
                (row, number) -> row.getObject(1, UUID.class),
                topic,
                entries.stream().map(Entry::eventId).toArray(UUID[]::new),
                entries.stream().map(Entry::sha256).toArray(byte[][]::new),
                entries.stream().map(Entry::said).toArray(byte[][]::new)));
        if (noted.size() < strangers.size()) {
            known.putAll(known(topic, without(strangers, noted)));
        }
        return noted;
    }

    /**
     * The day that a UUIDv7 tells, counted from 1970 in UTC; null for ids that tell none. They share one day, as do
     * those whose day is outside of what the inbox keeps.
     */
    private static Integer day(UUID id) {
        return id.version() == 7
                ? (int) Duration.ofMillis(id.getMostSignificantBits() >>> 16).toDays()
                : null;
    }

    /**
     * Makes the days to come, drops those that are past the retention, and forgets undated ids by their age. It needs
     * no transaction around it: each of its statements is whole by itself.
     */
    public void keepDays() {
        jdbc.query(
                "select %s.keep_inbox_days(today - ?::integer, today - 1, today + ?::integer) from (select %s as today) as clock"
                        .formatted(schema, TODAY),
                row -> {},
                retention.toDays(),
                DAYS_AHEAD);
        for (var table : List.of("inbox_undated", "inbox_namesake")) {
            jdbc.update(
                    "delete from %s.%s where received_at < now() - make_interval(secs => ?)".formatted(schema, table),
                    retention.toSeconds());
        }
    }
}
