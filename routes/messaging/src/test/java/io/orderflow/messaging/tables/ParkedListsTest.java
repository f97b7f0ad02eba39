package io.orderflow.messaging.tables;

import static io.orderflow.contracts.Role.INVENTORY;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.ParkedSearch.Filter;
import io.orderflow.messaging.ParkedSearch.Follower;
import io.orderflow.messaging.ParkedSearch.Group;
import io.orderflow.messaging.ParkedSearch.Header;
import io.orderflow.messaging.ParkedSearch.Listed;
import io.orderflow.messaging.ParkedSearch.Place;
import io.orderflow.messaging.Parking.Reason;
import io.orderflow.messaging.Parking.State;
import io.orderflow.messaging.counter.Schemas;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** How operators find parked events, and what they see of one. */
class ParkedListsTest {

    static final Filter PARKED = new Filter(State.PARKED, null, null, null, null, null, null, null, null, null);

    private static final DriverManagerDataSource DATABASE = Schemas.fresh(INVENTORY);
    private static final JdbcTemplate JDBC = new JdbcTemplate(DATABASE);
    private static final UUID ORDER = UUID.randomUUID();
    private static final String TOPIC = "order_events";

    private final ParkedRows rows = new ParkedRows(JDBC, INVENTORY);
    private final ParkedLists lists = rows.lists();
    private final ParkedWhole whole = new ParkedWhole(JDBC, INVENTORY, "order_contacts"::equals);
    private long offset;

    @BeforeEach
    void forgetEverything() {
        JDBC.update("delete from inventory.parked");
        JDBC.update("delete from inventory.parked_key");
    }

    @Test
    void eachConditionFindsItsOwn() {
        var one = rows.park(record(TOPIC, "one", "{}"), ORDER, "OrderCreated", failed("PSQLException: a"))
                .orElseThrow()
                .id();
        var two = rows.park(
                        record("order_contacts", "two", "{}"),
                        null,
                        null,
                        Fault.seen(Reason.UNREADABLE, "value: missing", 1))
                .orElseThrow()
                .id();
        JDBC.update("update inventory.parked set parked_at = now() - interval '1 hour' where id = ?", one);
        var minute = Duration.ofMinutes(1);

        assertThat(ids(PARKED)).containsExactly(one, two);
        assertThat(ids(filter(ORDER, null, null, null, null, null, null))).containsExactly(one);
        assertThat(ids(filter(null, "two", null, null, null, null, null))).containsExactly(two);
        assertThat(ids(filter(null, null, TOPIC, null, null, null, null))).containsExactly(one);
        assertThat(ids(filter(null, null, null, "OrderCreated", null, null, null)))
                .containsExactly(one);
        assertThat(ids(filter(null, null, null, null, Reason.UNREADABLE, null, null)))
                .containsExactly(two);
        assertThat(ids(filter(null, null, null, null, null, "PSQLException", null)))
                .containsExactly(one);
        var group = list(PARKED).getLast().group();
        assertThat(ids(filter(null, null, null, null, null, null, group))).containsExactly(two);
        assertThat(ids(aged(State.PARKED, minute, null))).containsExactly(one);
        assertThat(ids(aged(State.PARKED, null, minute))).containsExactly(two);
        assertThat(ids(aged(State.PARKED, minute, minute))).isEmpty();
        assertThat(ids(filter(ORDER, "two", null, null, null, null, null))).isEmpty();
        rows.end(rows.take(one).orElseThrow(), State.RELEASED, true);
        assertThat(ids(aged(State.RELEASED, null, null))).containsExactly(one);
        assertThat(ids(aged(State.DISCARDED, null, null))).isEmpty();
        assertThat(ids(PARKED)).containsExactly(two);
    }

    @Test
    void aListIsReadPageByPageInTheOrderOfTime() {
        var late = park("late", failed("Any"));
        var early = park("early", failed("Any"));
        var together = park("together", failed("Any"));
        JDBC.update("update inventory.parked set parked_at = '2026-01-01 00:00:00.000001Z'");
        JDBC.update("update inventory.parked set parked_at = '2026-01-01 00:00:00.000002Z' where id = ?", late);
        var seen = new ArrayList<UUID>();
        Place after = null;
        for (var page = lists.list(PARKED, after, 1); !page.isEmpty(); page = lists.list(PARKED, after, 1)) {
            var last = page.getLast().event();
            seen.add(last.id());
            after = new Place(last.parkedAt(), last.id());
        }

        assertThat(seen).containsExactly(early, together, late);
    }

    @Test
    void whatFailsAlikeIsOneGroup() {
        var alike = List.of(
                "PSQLException: ERROR: order " + UUID.randomUUID() + " has 12 lines of \"Ada Lovelace\"",
                "PSQLException: ERROR: order " + UUID.randomUUID() + " has 1,200.50 lines of \"Bob\"");
        var first = park("one", failed(alike.getFirst()));
        park("two", failed(alike.getLast()));
        park("three", failed("PSQLException: ERROR: deadlock"));

        var groups = lists.groups("", true, 10);

        assertThat(groups)
                .extracting(Group::error, Group::count)
                .contains(org.assertj.core.groups.Tuple.tuple(
                        "PSQLException: ERROR: order <id> has <n> lines of <text>", 2L));
        var group = groups.stream().filter(one -> one.count() == 2).findFirst().orElseThrow();
        var placed = list(PARKED);
        assertThat(group.first()).isEqualTo(new Place(placed.get(0).event().parkedAt(), first));
        assertThat(group.lastParkedAt()).isEqualTo(placed.get(1).event().parkedAt());
        assertThat(group.errorClass()).isEqualTo("PSQLException");
        assertThat(group.more()).isFalse();
        assertThat(group.lastTriedAt()).isNull();
        assertThat(ids(filter(null, null, null, null, null, null, group.group())))
                .hasSize(2);
        var other = groups.stream().filter(one -> one.count() == 1).findFirst().orElseThrow();
        assertThat(groups)
                .containsExactlyElementsOf(
                        group.group().compareTo(other.group()) < 0 ? List.of(group, other) : List.of(other, group));
        assertThat(lists.groups(groups.getFirst().group(), false, 10)).containsExactly(groups.getLast());
        assertThat(lists.groups(groups.getLast().group(), true, 1)).containsExactly(groups.getLast());
        assertThat(lists.groups("", true, 1)).containsExactly(groups.getFirst());
    }

    @Test
    void aGroupTellsItsLastReleaseAlsoOfWhatIsParkedNoMore() {
        var one = park("one", failed("Any: 1"));
        park("two", failed("Any: 2"));
        rows.end(rows.take(one).orElseThrow(), State.RELEASED, true);
        var released = JDBC.queryForObject("select max(settled_at) from inventory.parked", java.sql.Timestamp.class);

        assertThat(lists.groups("", true, 10))
                .singleElement()
                .returns(1L, Group::count)
                .returns(released.toInstant(), Group::lastTriedAt);

        rows.failedAgain(list(PARKED).getFirst().event().id(), failed("Other: 3"));

        assertThat(lists.groups("", true, 10))
                .singleElement()
                .returns("Other: <n>", Group::error)
                .satisfies(group -> assertThat(group.lastTriedAt()).isAfter(released.toInstant()));
    }

    @Test
    void anErrorIsGroupedWithoutWhatItIsAbout() {
        assertThat(List.of(
                        "quote 'Ada' and `Bob` and \"Eve",
                        "to ada@example.com failed",
                        "hash 0xAB and 9f86d081884c7d65 and deadbeef",
                        "took 12.5 s at 10:31",
                        "varying(5)"))
                .extracting(error -> JDBC.queryForObject("select inventory.without_values(?)", String.class, error))
                .containsExactly(
                        "quote <text> and <text> and <text>",
                        "to <text> failed",
                        "hash <n> and <n> and deadbeef",
                        "took <n> s at <n>",
                        "varying(<n>)");
    }

    /** As it writes while this one runs beside it. */
    @Test
    void whatTheVersionBeforeParksIsFoundAndGroupedAsWell() {
        JDBC.update("""
                insert into inventory.parked (id, topic, partition, "offset", key, headers, sha256, reason, error, attempts)
                values (gen_random_uuid(), 'order_events', 0, 1, 'old', '[]', '', 'FAILED', 'PSQLException: 7 of them', 3)""");

        assertThat(list(filter(null, null, null, null, null, "PSQLException", null)))
                .singleElement()
                .returns(null, Listed::eventType);
        assertThat(lists.groups("", true, 10)).singleElement().returns("PSQLException: <n> of them", Group::error);
    }

    @Test
    void oneEventIsShownWithAllThatBelongsToIt() {
        var headers = List.of(
                new Received.Header("ce_type", bytes("OrderCreated")), new Received.Header("large", new byte[5_000]));
        var received = new Received(TOPIC, 3, 8_127, bytes("key"), bytes("{\"a\":1}"), Instant.EPOCH, headers);
        var head = rows.park(received, ORDER, "OrderCreated", new Fault(Reason.FAILED, "Any: 1", "Any\n  at x", 3))
                .orElseThrow()
                .id();
        var follower = park("key", Fault.seen(Reason.FOLLOWER, "behind", 0));
        park("key", Fault.seen(Reason.NOT_UNDERSTOOD, "event_type: unknown", 1));
        park("other", failed("Any"));

        var seen = whole.find(head).orElseThrow();

        assertThat(seen.event()).isEqualTo(list(PARKED).getFirst());
        assertThat(seen.sha256()).isEqualTo(received.sha256());
        assertThat(seen.bytes()).isEqualTo(7);
        assertThat(seen.withheld()).isFalse();
        assertThat(seen.headers()).extracting(Header::name).containsExactly("ce_type", "large");
        assertThat(seen.headers().getFirst().value()).isEqualTo(bytes("OrderCreated"));
        assertThat(seen.headers().getLast().value()).hasSize(ParkedWhole.MOST_OF_A_HEADER);
        assertThat(seen.headers().getLast().bytes()).isEqualTo(5_000);
        assertThat(seen.stack()).isEqualTo("Any\n  at x");
        assertThat(seen.behind()).isNull();
        assertThat(seen.followers()).extracting(Follower::id).containsExactly(follower);
        assertThat(seen.more()).isFalse();
        assertThat(whole.find(follower).orElseThrow().behind()).isEqualTo(head);
        assertThat(whole.find(UUID.randomUUID())).isEmpty();
    }

    @Test
    void ofManyFollowersTheFirstAreShown() {
        var head = park("key", failed("Any"));
        for (int i = 0; i <= ParkedWhole.MOST_SHOWN; i++) {
            park("key", Fault.seen(Reason.FOLLOWER, "behind", 0));
        }

        assertThat(whole.find(head).orElseThrow().followers()).hasSize(ParkedWhole.MOST_SHOWN);
        assertThat(whole.find(head).orElseThrow().more()).isTrue();
    }

    @Test
    void whatIsInAnEventIsReadAPartAtATime() {
        var id = rows.park(record(TOPIC, "one", "0123456789"), ORDER, "OrderCreated", failed("Any"))
                .orElseThrow()
                .id();

        assertThat(whole.payload(id, 0, 4).orElseThrow().bytes()).isEqualTo(bytes("0123"));
        assertThat(whole.payload(id, 8, 4).orElseThrow().bytes()).isEqualTo(bytes("89"));
        assertThat(whole.payload(id, 10, 4).orElseThrow().bytes()).isEmpty();
        assertThat(whole.payload(id, Integer.MAX_VALUE - 1, 65_536)
                        .orElseThrow()
                        .bytes())
                .isEmpty();
        assertThat(whole.payload(id, 8, 4).orElseThrow().size()).isEqualTo(10);
        assertThat(whole.payload(UUID.randomUUID(), 0, 4)).isEmpty();
    }

    /** Who may read what is parked may still not read names and addresses. */
    @Test
    void whatCanBeErasedIsShownToNobody() {
        var contact = new Received(
                "order_contacts",
                0,
                1,
                bytes("key"),
                bytes("{\"name\":\"Ada\"}"),
                Instant.EPOCH,
                List.of(new Received.Header("name", bytes("Ada"))));
        var id = rows.park(contact, ORDER, "OrderContact", failed("Any"))
                .orElseThrow()
                .id();

        assertThat(whole.find(id).orElseThrow())
                .satisfies(seen -> assertThat(seen.headers()).isEmpty())
                .satisfies(seen -> assertThat(seen.withheld()).isTrue());
        var part = whole.payload(id, 0, 100).orElseThrow();
        assertThat(part.withheld()).isTrue();
        assertThat(part.size()).isEqualTo(14);
        assertThat(part.bytes()).isEmpty();
    }

    private UUID park(String key, Fault fault) {
        return rows.park(record(TOPIC, key, "{}"), ORDER, "OrderCreated", fault)
                .orElseThrow()
                .id();
    }

    private Received record(String topic, String key, String value) {
        return new Received(topic, 0, offset++, bytes(key), bytes(value), Instant.EPOCH, List.of());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Fault failed(String error) {
        return new Fault(Reason.FAILED, error, "stack", 3);
    }

    private List<Listed> list(Filter filter) {
        return lists.list(filter, null, 100);
    }

    private List<UUID> ids(Filter filter) {
        return list(filter).stream().map(listed -> listed.event().id()).toList();
    }

    private static Filter aged(State state, Duration min, Duration max) {
        return new Filter(state, null, null, null, null, null, null, null, min, max);
    }

    private static Filter filter(
            UUID order, String key, String topic, String type, Reason reason, String errorClass, String group) {
        return new Filter(State.PARKED, order, key, topic, type, reason, errorClass, group, null, null);
    }
}
