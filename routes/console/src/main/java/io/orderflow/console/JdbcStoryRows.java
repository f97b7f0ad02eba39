package io.orderflow.console;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.springframework.jdbc.core.JdbcTemplate;

/** Stories in the schema {@code console}, one statement for a batch. */
final class JdbcStoryRows implements StoryRows {

    /**
     * Stories of which nothing was said since a time, at most so many, also those that wait: their topics have long
     * forgotten what they wait for. One that is told right now is left to be told, and what was told meanwhile counts.
     */
    static final String FORGET_STORIES = """
            with slice as materialized (
                select order_id from console.story where changed_at < ? limit ? for update skip locked)
            delete from console.story where order_id = any (array(select order_id from slice))""";

    private static final String CHAPTERS = """
            select order_id, event_id, event_type, source, topic, partition, "offset", occurred_at, published_at,
                   read_at, trace_id, reason, by, amount_minor, currency, park_id, about
            from console.chapter where order_id = any(?)""";

    private static final String SAVE_CHAPTERS = """
            insert into console.chapter as known
                (order_id, topic, event_id, event_type, source, partition, "offset", occurred_at, published_at, read_at,
                 trace_id, reason, by, amount_minor, currency, park_id, about)
            select order_id, topic, event_id, event_type, source, partition, "offset", occurred_at, published_at,
                   case when heard_now then now() end, trace_id, reason, by, amount_minor, currency, park_id, about
            from unnest(?::uuid[], ?::text[], ?::uuid[], ?::text[], ?::text[], ?::integer[], ?::bigint[],
                        ?::timestamptz[], ?::timestamptz[], ?::boolean[], ?::text[], ?::text[], ?::text[], ?::bigint[],
                        ?::text[], ?::uuid[], ?::text[])
                as row (order_id, topic, event_id, event_type, source, partition, "offset", occurred_at, published_at,
                        heard_now, trace_id, reason, by, amount_minor, currency, park_id, about)
            on conflict (order_id, topic, event_id) do update set
                event_type = excluded.event_type, source = excluded.source, partition = excluded.partition,
                "offset" = excluded."offset", occurred_at = excluded.occurred_at,
                published_at = excluded.published_at, read_at = coalesce(known.read_at, excluded.read_at),
                trace_id = excluded.trace_id, reason = excluded.reason, by = excluded.by,
                amount_minor = excluded.amount_minor, currency = excluded.currency, park_id = excluded.park_id,
                about = excluded.about""";

    private static final String SAVE_STORIES = """
            update console.story set state = row.state, began_at = row.began_at,
                waits_for = string_to_array(row.waits_for, ' '), waiting_since = row.waiting_since%s
            from unnest(?::uuid[], ?::text[], ?::timestamptz[], ?::text[], ?::timestamptz[])
                as row (order_id, state, began_at, waits_for, waiting_since)
            where story.order_id = row.order_id
            """;

    private static final String WHERE_OTHERWISE = """
            and (story.state, story.began_at, story.waits_for, story.waiting_since) is distinct from
                (row.state, row.began_at, string_to_array(row.waits_for, ' '), row.waiting_since)""";

    private final JdbcTemplate jdbc;

    JdbcStoryRows(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void lock(Collection<UUID> orders) {
        if (orders.isEmpty()) {
            return;
        }
        var ids = orders.toArray(UUID[]::new);
        // Locks those that are there without writing them anew.
        jdbc.update("""
                insert into console.story as known (order_id)
                select order_id from unnest(?::uuid[]) as row (order_id) order by order_id
                on conflict (order_id) do update set order_id = excluded.order_id where false""", (Object) ids);
    }

    @Override
    public List<Chapter> chapters(Collection<UUID> orders) {
        return orders.isEmpty()
                ? List.of()
                : jdbc.query(CHAPTERS, JdbcStoryRows::chapter, (Object) orders.toArray(UUID[]::new));
    }

    @Override
    public void saveChapters(Collection<Chapter> chapters) {
        if (chapters.isEmpty()) {
            return;
        }
        jdbc.update(
                SAVE_CHAPTERS,
                array(chapters, Chapter::orderId, UUID[]::new),
                array(chapters, Chapter::topic, String[]::new),
                array(chapters, Chapter::eventId, UUID[]::new),
                array(chapters, Chapter::type, String[]::new),
                array(chapters, Chapter::source, String[]::new),
                array(chapters, Chapter::partition, Integer[]::new),
                array(chapters, Chapter::offset, Long[]::new),
                array(chapters, chapter -> text(chapter.occurredAt()), String[]::new),
                array(chapters, chapter -> text(chapter.publishedAt()), String[]::new),
                array(chapters, Chapter::isHeardNow, Boolean[]::new),
                array(chapters, Chapter::traceId, String[]::new),
                array(chapters, chapter -> chapter.details().reason(), String[]::new),
                array(chapters, chapter -> chapter.details().by(), String[]::new),
                array(chapters, chapter -> chapter.details().amountMinor(), Long[]::new),
                array(chapters, chapter -> chapter.details().currency(), String[]::new),
                array(chapters, chapter -> chapter.details().parkId(), UUID[]::new),
                array(chapters, chapter -> chapter.details().about(), String[]::new));
    }

    @Override
    public void saveStories(Collection<Story> stories) {
        save(SAVE_STORIES.formatted(", changed_at = now()"), stories);
    }

    @Override
    public void mendStories(Collection<Story> stories) {
        save(SAVE_STORIES.formatted("") + WHERE_OTHERWISE, stories);
    }

    private void save(String statement, Collection<Story> stories) {
        if (stories.isEmpty()) {
            return;
        }
        jdbc.update(
                statement,
                array(stories, Story::orderId, UUID[]::new),
                array(stories, story -> story.state().name(), String[]::new),
                array(stories, story -> text(story.beganAt()), String[]::new),
                array(stories, JdbcStoryRows::services, String[]::new),
                array(stories, story -> text(story.waitingSince()), String[]::new));
    }

    private static String services(Story story) {
        return String.join(
                " ", story.waits().stream().map(Story.Awaited::service).toList());
    }

    private static <R, T> Object array(Collection<R> rows, Function<R, T> column, IntFunction<T[]> type) {
        return rows.stream().map(column).toArray(type);
    }

    private static String text(Instant time) {
        return Objects.toString(time, null);
    }

    static Chapter chapter(ResultSet row, int number) throws SQLException {
        var details = new Details(
                row.getString("reason"),
                row.getString("by"),
                row.getObject("amount_minor", Long.class),
                row.getString("currency"),
                row.getObject("park_id", UUID.class),
                row.getString("about"));
        return new Chapter(
                row.getObject("order_id", UUID.class),
                row.getObject("event_id", UUID.class),
                row.getString("event_type"),
                row.getString("source"),
                row.getString("topic"),
                row.getInt("partition"),
                row.getLong("offset"),
                time(row, "occurred_at"),
                time(row, "published_at"),
                time(row, "read_at"),
                false,
                row.getString("trace_id"),
                details);
    }

    /** Of any year, where a Timestamp counts by another calendar. */
    static Instant time(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
