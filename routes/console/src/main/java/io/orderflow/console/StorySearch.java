package io.orderflow.console;

import static java.util.stream.Collectors.groupingBy;

import io.orderflow.http.Page;
import io.orderflow.http.Paging;
import io.orderflow.http.PlaceInTime;
import io.orderflow.messaging.Conditions;
import io.orderflow.messaging.OwnPlan;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** What operators find out about stories, read as they stand. */
final class StorySearch {

    private static final String TOLD_BY = "order_id in (select order_id from console.chapter where %s = ?)";

    private final JdbcTemplate jdbc;

    StorySearch(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** All that was said of these orders. */
    List<Chapter> chapters(Collection<UUID> orders) {
        return new JdbcStoryRows(jdbc).chapters(orders);
    }

    /** A page of the stories that are asked for; one that is forgotten between the two looks is not on it. */
    Page<StoryLine> page(Paging paging, StoryQuery query) {
        var page = paging.page(list(query, PlaceInTime.of(paging), paging.limit() + 1), PlaceInTime::key);
        var orders = page.items().stream().map(PlaceInTime::id).toList();
        var chapters = chapters(orders).stream().collect(groupingBy(Chapter::orderId));
        return new Page<>(
                orders.stream()
                        .map(chapters::get)
                        .filter(Objects::nonNull)
                        .map(StoryLine::of)
                        .toList(),
                page.next());
    }

    /**
     * The places of the stories that are asked for, from one on: the newest first, or of those that wait, where they
     * are asked for, the one that has waited for the longest.
     */
    List<PlaceInTime> list(StoryQuery query, PlaceInTime from, int limit) {
        return query.stuck() == null && query.waitsFor() == null
                ? list(query, from, limit, "began_at", "<", "desc")
                : list(query, from, limit, "waiting_since", ">", "asc");
    }

    private List<PlaceInTime> list(
            StoryQuery query, PlaceInTime from, int limit, String time, String beyond, String direction) {
        var conditions = conditions(query);
        if (from != null) {
            conditions.and(
                    "(%s, order_id) %s (?, ?)".formatted(time, beyond),
                    from.at().atOffset(ZoneOffset.UTC),
                    from.id());
        }
        return OwnPlan.query(
                jdbc,
                "select order_id, %1$s as at from console.story where %2$s order by %1$s %3$s, order_id %3$s limit ?"
                        .formatted(time, conditions.sql(), direction),
                (row, number) -> new PlaceInTime(JdbcStoryRows.time(row, "at"), row.getObject("order_id", UUID.class)),
                conditions.valuesAnd(limit));
    }

    private static Conditions conditions(StoryQuery query) {
        var conditions = new Conditions()
                .andIf("order_id = ?", query.order())
                .andIf(TOLD_BY.formatted("event_id"), query.event())
                .andIf(TOLD_BY.formatted("trace_id"), query.trace())
                .andIf("state = ?", query.state() == null ? null : query.state().name())
                .andIf("began_at <= now() - make_interval(secs => ?)", seconds(query.minAge()))
                .andIf("began_at >= now() - make_interval(secs => ?)", seconds(query.maxAge()))
                .andIf("waiting_since <= now() - make_interval(secs => ?)", seconds(query.stuck()));
        return query.waitsFor() == null ? conditions : conditions.and(owedBy(query.waitsFor()));
    }

    /** As a literal, for each service has an index of its own, and a plan has to know which. */
    private static String owedBy(String service) {
        if (!StoryQuery.SERVICE.matcher(service).matches()) {
            throw new IllegalArgumentException("service: " + service + " (expected: " + StoryQuery.SERVICE + ")");
        }
        return "waiting_since is not null and '%s' = any (waits_for)".formatted(service);
    }

    private static Long seconds(Duration age) {
        return age == null ? null : age.toSeconds();
    }
}
