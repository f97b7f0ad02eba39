package io.orderflow.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import io.orderflow.http.PlaceInTime;
import io.orderflow.messaging.fixture.Planned;
import io.orderflow.messaging.schema.Migrations;
import io.orderflow.testkit.Postgres;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** With 100,000 stories stored neither a batch nor a search looks at all of them. */
class PlansTest {

    private Planned database;
    private JdbcTemplate jdbc;

    @BeforeEach
    void manyAreTold() {
        var fresh = Postgres.shared().freshDatabase(Topology.WITH_CONSOLE.roles());
        var source = new DriverManagerDataSource(fresh.url(), fresh.user(), "");
        Migrations.migrate(source, Role.CONSOLE, List.of());
        database = new Planned(source);
        jdbc = new JdbcTemplate(database);
        jdbc.execute("""
                insert into console.story (order_id, state, began_at, waits_for, waiting_since, changed_at)
                select uuidv7(), case when n % 1000 = 0 then 'PENDING' else 'CONFIRMED' end,
                       now() - n * interval '1 minute', case when n % 1000 = 0 then '{payments}'::text[] else '{}' end,
                       case when n % 1000 = 0 then now() - n * interval '1 minute' end,
                       now() - n * interval '1 minute'
                from generate_series(1, 100000) n""");
        jdbc.execute("""
                insert into console.chapter (order_id, topic, event_id, event_type, source, partition, "offset",
                    occurred_at, trace_id)
                select order_id, topic, uuidv7(), 'OrderCreated', 'orders', 0, 1, now(), md5(order_id::text)
                from console.story, (values ('order_events'), ('payment_events'), ('inventory_events')) as t (topic)""");
        jdbc.execute("set role console_migrator; analyze console.story; analyze console.chapter");
    }

    @Test
    void aBatchLooksAtTheOrdersConcerned() {
        var rows = new JdbcStoryRows(jdbc);
        var orders = jdbc.queryForList("select order_id from console.story limit 100", UUID.class);
        database.plans();

        rows.lock(orders);
        var chapters = rows.chapters(orders);
        rows.saveChapters(chapters);
        var stories = orders.stream()
                .map(order -> Decisions.story(
                        order,
                        chapters.stream()
                                .filter(chapter -> chapter.orderId().equals(order))
                                .toList()))
                .toList();
        rows.saveStories(stories);
        rows.mendStories(stories);

        assertThat(chapters).hasSize(300);
        assertThat(database.wholeTables()).isEmpty();
    }

    @Test
    void aSearchLooksAtWhatItShows() {
        var search = new StorySearch(jdbc);
        var hour = Duration.ofHours(1);
        var place = new PlaceInTime(Instant.now().minus(hour), new UUID(7, 7));
        database.plans();

        for (var query : List.of(
                query(null, null, null, null, null, null),
                query(UUID.randomUUID(), null, null, null, null, null),
                query(null, "a".repeat(32), null, null, null, null),
                query(null, null, Story.State.PENDING, null, null, null),
                query(null, null, Story.State.CONFIRMED, null, hour, null),
                query(null, null, null, "payments", null, null),
                query(null, null, null, "payments", null, hour),
                query(null, null, null, null, null, hour))) {
            Stream.of(null, place).forEach(from -> search.list(query, from, 21));

            assertThat(database.wholeTables()).as(query.toString()).isEmpty();
        }
    }

    /** Inventory is away, and 20,000 wait for it. */
    @Test
    void whoWaitsForOneServiceIsFoundAmongManyThatWaitForAnother() {
        jdbc.execute("""
                insert into console.story (order_id, state, began_at, waits_for, waiting_since)
                select uuidv7(), 'PENDING', now() - n * interval '1 second', '{inventory}',
                       now() - n * interval '1 day'
                from generate_series(1, 20000) n""");
        jdbc.execute("set role console_migrator; analyze console.story");
        var search = new StorySearch(jdbc);
        var first = search.list(query(null, null, null, "payments", null, null), null, 21);
        database.plans();

        for (var service : List.of("payments", "orders")) {
            for (var stuck : Arrays.asList(null, Duration.ofHours(1))) {
                for (var from : Arrays.asList(null, first.getLast())) {
                    search.list(query(null, null, null, service, null, stuck), from, 21);

                    assertThat(database.plans()).contains("story_waiting_for_" + service);
                }
            }
        }
        assertThat(first).hasSize(21).isSortedAccordingTo(Comparator.comparing(PlaceInTime::at));
    }

    private static StoryQuery query(
            UUID event, String trace, Story.State state, String waitsFor, Duration minAge, Duration stuck) {
        return new StoryQuery(null, event, trace, state, waitsFor, minAge, null, stuck);
    }
}
