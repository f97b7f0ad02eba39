package io.orderflow.messaging.tables;

import static io.orderflow.contracts.Role.INVENTORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.orderflow.contracts.StockReleased;
import io.orderflow.contracts.Topology;
import io.orderflow.messaging.ParkedSearch.Filter;
import io.orderflow.messaging.ParkedSearch.Place;
import io.orderflow.messaging.Parking.Reason;
import io.orderflow.messaging.Parking.Result;
import io.orderflow.messaging.Parking.State;
import io.orderflow.messaging.Releases.Action;
import io.orderflow.messaging.Releases.Item;
import io.orderflow.messaging.Releases.Order;
import io.orderflow.messaging.Releases.Selection;
import io.orderflow.messaging.Releases.Step;
import io.orderflow.messaging.Standing;
import io.orderflow.messaging.counter.Schemas;
import io.orderflow.messaging.fixture.Planned;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** With 100,000 events waiting, parked and remembered no statement looks at all of them. */
class PlansTest {

    private static final Planned DATABASE = new Planned(Schemas.fresh(INVENTORY));

    private final JdbcTemplate jdbc = new JdbcTemplate(DATABASE);
    private final List<UUID> orders =
            Stream.generate(UUID::randomUUID).limit(100).toList();

    @BeforeAll
    static void fill() {
        var jdbc = new JdbcTemplate(DATABASE);
        new Inbox(jdbc, INVENTORY, Duration.ofDays(15)).keepDays();
        jdbc.execute("""
                insert into inventory.outbox (id, aggregatetype, aggregateid, type, payload, sequence, occurred_at)
                select gen_random_uuid(), 'inventory_events', uuidv7(), 'Any', '{}', 1, now()
                from generate_series(1, 100000)""");
        jdbc.execute(
                "insert into inventory.outbox_sequence (order_id, last) select aggregateid, 1 from inventory.outbox");
        jdbc.execute("""
                insert into inventory.parked (id, topic, partition, "offset", key, order_id, event_type, headers, sha256, reason, error, attempts)
                select uuidv7(), 'order_events', 0, n, n, uuidv7(), 'Any', '[]', decode(md5(n::text), 'hex'), 'FAILED',
                    'AnyException: ' || n % 200 || chr(97 + n % 20), 3
                from generate_series(1, 100000) n""");
        jdbc.execute("""
                insert into inventory.parked (id, topic, partition, "offset", key, order_id, event_type, headers, sha256, reason, error, attempts)
                select uuidv7(), 'rare_events', 0, n, 'rare', '00000000-0000-7000-8000-000000000000', 'Rare', '[]',
                    decode(md5(n::text), 'hex'), 'UNREADABLE', 'RareException: ' || n, 3
                from generate_series(1, 30) n""");
        jdbc.execute("insert into inventory.parked_key (topic, key) select topic, key from inventory.parked"
                + " on conflict do nothing");
        jdbc.execute("""
                insert into inventory.inbox (day, event_id, sha256, topic)
                select (clock_timestamp() at time zone 'UTC')::date, uuidv7(), '', 'order_events'
                from generate_series(1, 100000)""");
        jdbc.execute("""
                insert into inventory.release (id, action, what, caller, reason, call, state, per_minute, chosen_before, ended_at)
                select uuidv7(), 'RELEASE', 'all', 'eve', 'why', uuidv7(), 'DONE', 600, now(), now()
                from generate_series(1, 10000)""");
        jdbc.execute("set role inventory_migrator; analyze inventory.outbox; analyze inventory.outbox_sequence;"
                + " analyze inventory.parked; analyze inventory.parked_key; analyze inventory.inbox;"
                + " analyze inventory.release");
        DATABASE.plans();
    }

    @Test
    void storingAndSendingLooksAtTheEventsConcerned() {
        var outbox = new Outbox(jdbc, INVENTORY, new EventCodec(), 900_000);
        var announced = orders.stream()
                .map(order -> new Announced(
                        Topology.INVENTORY_EVENTS, new StockReleased(order, Instant.EPOCH, List.of()), null))
                .toList();
        outbox.store(announced);
        var rows = outbox.store(announced).rows();
        outbox.present(rows.stream().map(OutboxRow::position).toList());
        outbox.delete(rows);
        outbox.refused().orders();
        outbox.refused().ordersAmong(orders);
        outbox.refused().listAfter(new UUID(0, 0), 100);
        assertThat(DATABASE.wholeTables()).isEmpty();

        for (int i = 0; i < 5; i++) {
            DATABASE.plans();
            looks(outbox);
        }
        assertThat(DATABASE.plans()).doesNotContain("Seq Scan on outbox ");
    }

    /** The first ones walk past what is of no concern to them, and the next begin behind it. */
    private static void looks(Outbox outbox) {
        outbox.leftBehind(Duration.ZERO, 100, Set.of());
        outbox.leftBehind(Duration.ZERO, 100, Set.of("inventory_events"));
        outbox.anyOlderThan(Duration.ZERO, Set.of("inventory_events"));
        outbox.anyOlderThan(Duration.ZERO, Set.of("nowhere"));
        outbox.oldestAge();
        outbox.oldestAge(List.of(Topology.INVENTORY_EVENTS));
    }

    @Test
    void countingLooksAtAFew() {
        new Outbox(jdbc, INVENTORY, new EventCodec(), 900_000).depth(100_000);
        assertThat(DATABASE.plans()).doesNotContain("Seq Scan on outbox ");

        assertThat(new ParkedRows(jdbc, INVENTORY).count(10_000))
                .containsEntry(new ParkedRows.Cause("order_events", Reason.FAILED), 10_000L);
        assertThat(DATABASE.plans()).contains("parked_causes").doesNotContain("Seq Scan on parked");
    }

    /** Each condition by itself finds the few without a look at the many, and so it does beside each other one. */
    @Test
    void aListReadsThePageThatItShowsWhateverIsAskedFor() {
        var lists = new ParkedRows(jdbc, INVENTORY).lists();
        var group = jdbc.queryForObject(
                "select error_group from inventory.parked where topic = 'rare_events' limit 1", String.class);
        DATABASE.plans();
        for (int asked = 0; asked < 1 << 7; asked++) {
            for (int often = 0; often < 1 << 2; often++) {
                lists.list(filter(asked, often == 1 || often == 3, often > 1, group), null, 21);
            }
        }
        assertThat(DATABASE.wholeTables()).isEmpty();

        var leads = List.of("order", "key", "topic", "type", "reason", "class", "group");
        for (int one = 0; one < leads.size(); one++) {
            lists.list(filter(1 << one, false, false, group), null, 21);
            assertThat(DATABASE.plans()).contains("parked_by_" + leads.get(one)).doesNotContain("parked_by_time");
        }
        var after = new Place(Instant.now(), orders.getFirst());
        lists.list(filter(0, false, false, group), after, 21);
        assertThat(DATABASE.plans()).contains("parked_by_time").doesNotContain("Sort");
        lists.list(filter(0, true, false, group), null, 21);
        assertThat(DATABASE.plans()).contains("parked_by_time");
    }

    private static Filter filter(int asked, boolean old, boolean young, String group) {
        return new Filter(
                State.PARKED,
                (asked & 1) == 0 ? null : UUID.fromString("00000000-0000-7000-8000-000000000000"),
                (asked & 2) == 0 ? null : "rare",
                (asked & 4) == 0 ? null : "rare_events",
                (asked & 8) == 0 ? null : "Rare",
                (asked & 16) == 0 ? null : Reason.UNREADABLE,
                (asked & 32) == 0 ? null : "RareException",
                (asked & 64) == 0 ? null : group,
                old ? Duration.ofDays(7) : null,
                young ? Duration.ofHours(1) : null);
    }

    /** What is asked for in part by many, and in part by few, is looked for among the few. */
    @Test
    void theRarestConditionLeads() {
        var lists = new ParkedRows(jdbc, INVENTORY).lists();
        lists.list(
                new Filter(
                        State.PARKED,
                        null,
                        null,
                        "order_events",
                        "Any",
                        Reason.FAILED,
                        "RareException",
                        null,
                        null,
                        null),
                null,
                21);
        assertThat(DATABASE.plans()).contains("parked_by_class").doesNotContain("parked_by_time", "parked_by_topic");
        lists.list(
                new Filter(
                        State.PARKED,
                        null,
                        null,
                        "order_events",
                        "Rare",
                        Reason.FAILED,
                        "AnyException",
                        null,
                        null,
                        null),
                null,
                21);
        assertThat(DATABASE.plans()).contains("parked_by_type").doesNotContain("parked_by_time", "parked_by_topic");
        lists.list(
                new Filter(
                        State.PARKED,
                        null,
                        "7",
                        "order_events",
                        "Any",
                        Reason.FAILED,
                        "AnyException",
                        null,
                        null,
                        null),
                null,
                21);
        assertThat(DATABASE.plans()).contains("parked_by_key");
    }

    @Test
    void groupsAreFoundFromOneToTheNext() {
        var lists = new ParkedRows(jdbc, INVENTORY).lists();

        assertThat(lists.groups("", true, 101)).hasSize(21);
        assertThat(DATABASE.plans()).contains("parked_by_group", "parked_tried").doesNotContain("Seq Scan on parked");
    }

    @Test
    void oneEventIsReadByItself() {
        var id = jdbc.queryForObject("select id from inventory.parked where key = '7'", UUID.class);
        DATABASE.plans();
        var whole = new ParkedWhole(jdbc, INVENTORY, topic -> false);

        assertThat(whole.find(id)).isPresent();
        assertThat(whole.payload(id, 0, 10)).isPresent();
        assertThat(DATABASE.wholeTables()).isEmpty();
    }

    @Test
    void hearingLooksAtTheEventsConcerned() {
        var parked = new ParkedRows(jdbc, INVENTORY);
        parked.keys().lockParked("order_events", Set.of("1", "2", "none"), Set.of());
        parked.parkedOrders(List.of("order_events"), orders);
        parked.head("order_events", "1");
        var entries = orders.stream()
                .map(id -> new Inbox.Entry(id, new byte[32], null))
                .toList();
        var inbox = new Inbox(jdbc, INVENTORY, Duration.ofDays(15));
        inbox.receive("order_events", entries);
        inbox.receive("order_events", entries);

        var day = jdbc.queryForObject("select 'inbox_' || to_char(now() at time zone 'UTC', 'YYYYMMDD')", String.class);
        assertThat(DATABASE.wholeTables()).doesNotContain(day).noneMatch(table -> table.startsWith("parked"));
    }

    /** And what has to be looked at is looked at once, however much it is. */
    @Test
    void aReleaseLooksAtWhatItIsMadeOf() {
        var releases = new ParkedRows(jdbc, INVENTORY).releases();
        var rare = new Selection(Action.RELEASE, filter(4, false, false, null), List.of(), null, true, null);
        var ids = new Selection(Action.RELEASE, null, orders, null, true, null);
        var week = Duration.ofDays(7);
        DATABASE.plans();

        assertThat(releases.plan(rare, week).events()).isEqualTo(30);
        releases.plan(ids, week);
        var id = releases.store(rare, new Order("rare", "eve", "why", UUID.randomUUID(), 600, null), week);
        releases.moveOn(releases.next().orElseThrow(), Result.RELEASED);
        releases.take(id, Step.PAUSE);
        releases.lists().later(id);
        var known = new Standing(INVENTORY, "select order_id as id, state from inventory.parked");
        assertThat(releases.lists().items(id, null, 10, 20, known))
                .extracting(Item::standing)
                .containsOnly("PARKED");
        releases.lists().items(id, Result.RELEASED, 0, 20, null);
        releases.lists().ofEvent(orders.getFirst(), 20);
        assertThat(releases.lists().open(100).paused()).isEqualTo(1);
        assertThat(DATABASE.wholeTables()).doesNotContain("parked", "release", "release_event");

        var all = new Selection(Action.RELEASE, filter(0, false, false, null), List.of(), null, true, null);
        assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> assertThat(releases.plan(all, week).events()).isEqualTo(100_030));
        DATABASE.plans();
    }
}
