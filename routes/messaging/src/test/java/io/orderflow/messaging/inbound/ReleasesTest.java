package io.orderflow.messaging.inbound;

import static io.orderflow.contracts.Role.INVENTORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.contracts.Event;
import io.orderflow.messaging.ParkedSearch.Filter;
import io.orderflow.messaging.Parking;
import io.orderflow.messaging.Parking.Reason;
import io.orderflow.messaging.Parking.Result;
import io.orderflow.messaging.Releases;
import io.orderflow.messaging.Releases.Action;
import io.orderflow.messaging.Releases.Item;
import io.orderflow.messaging.Releases.Order;
import io.orderflow.messaging.Releases.Release;
import io.orderflow.messaging.Releases.Selection;
import io.orderflow.messaging.Releases.State;
import io.orderflow.messaging.Releases.Step;
import io.orderflow.messaging.counter.CounterApp;
import io.orderflow.messaging.tables.Fault;
import io.orderflow.messaging.tables.Received;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many parked events are let go at a pace, in each order's order, whatever happens to who lets them go. */
class ReleasesTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final List<String> WHOLE = List.of("OrderCreated", "OrderConfirmed", "OrderCancelled");

    private static final String TAKEN_BY =
            "update inventory.lease set holder = ?, until = now() + interval '5 s' where name = 'releases'";

    private static final String BUSIEST_SECOND = """
            select max(beside) from (
                select count(*) over (
                    order by tried_at range between current row and interval '1 second' following) as beside
                from inventory.release_event where release = '%s') each_of_them""";

    private static CounterApp app;
    private static long offset;

    @BeforeAll
    static void start() {
        app = new CounterApp(CounterApp.Place.fresh());
    }

    @AfterAll
    static void stop() {
        app.close();
    }

    @AfterEach
    void heal() {
        app.counter().poison.clear();
        app.jdbc().update("update inventory.release set state = 'STOPPED', ended_at = now() where ended_at is null");
        app.jdbc().update("delete from inventory.parked");
        app.jdbc().update("delete from inventory.parked_key");
    }

    @Test
    void aSelectionIsReleasedAtItsPaceAndEachOrderInItsOrder() {
        var orders = orders(100);
        parkAll(orders);
        var selection = ofKeys(orders);
        assertThat(releases().plan(INVENTORY, selection).events()).isEqualTo(300);

        var release = begin(selection, 6_000);

        awaitState(release, State.DONE);
        assertThat(effects(orders)).containsOnly(WHOLE);
        assertThat(now(release))
                .returns(300, Release::done)
                .returns(0, Release::left)
                .returns(0, Release::failedAgain);
        // 299 follow the first, and those of one second may follow at once.
        assertThat(app.count("select extract(epoch from max(tried_at) - min(tried_at)) * 1000"
                        + " from inventory.release_event where release = '" + release.id() + "'"))
                .isGreaterThanOrEqualTo(1_900);
        assertThat(app.count("select count(*) from inventory.parked_key")).isZero();

        var again = begin(selection, 6_000);
        awaitState(again, State.DONE);
        assertThat(now(again)).returns(100, Release::alreadyDone).returns(0, Release::done);
        assertThat(begin(everything(), 6_000).events()).isZero();
        assertThat(effects(orders)).containsOnly(WHOLE);
    }

    @Test
    void aHeadThatFailsAgainKeepsItsFollowersAndNobodyElses() {
        var orders = orders(3);
        parkAll(orders);
        app.counter().poison.add(orders.get(1));

        var release = begin(ofKeys(orders), 6_000);

        awaitState(release, State.DONE);
        assertThat(effects(orders)).containsExactly(WHOLE, List.of(), WHOLE);
        assertThat(items(release))
                .extracting(Item::result)
                .containsExactly(
                        Result.RELEASED,
                        Result.RELEASED,
                        Result.RELEASED,
                        Result.FAILED_AGAIN,
                        Result.BEHIND_ANOTHER,
                        Result.BEHIND_ANOTHER,
                        Result.RELEASED,
                        Result.RELEASED,
                        Result.RELEASED);
        assertThat(now(release))
                .returns(6, Release::done)
                .returns(1, Release::failedAgain)
                .returns(2, Release::refused);
        assertThat(app.get(Parking.class).list(INVENTORY, 1_000))
                .filteredOn(parked -> parked.key().equals(orders.get(1).toString()))
                .hasSize(3);
    }

    @Test
    void whatIsPausedOrStoppedReleasesNothingMore() {
        var orders = orders(60);
        parkAll(orders);
        var release = begin(ofKeys(orders), 600);
        await().atMost(PATIENCE).until(() -> now(release).done() >= 3);

        assertThat(releases().take(release, Step.PAUSE, (before, after) -> {})).isPresent();
        int paused = now(release).done();
        anotherIsDone();
        assertThat(now(release)).returns(State.PAUSED, Release::state).returns(paused, Release::done);

        assertThat(releases().take(release, Step.RESUME, (before, after) -> {})).isPresent();
        await().atMost(PATIENCE).until(() -> now(release).done() > paused);
        var seen = new ArrayList<State>();
        assertThat(releases().take(release, Step.STOP, (before, after) -> seen.addAll(List.of(before, after))))
                .isPresent();
        assertThat(seen).containsExactly(State.RUNNING, State.STOPPED);
        int stopped = now(release).done();
        anotherIsDone();

        assertThat(now(release)).returns(stopped, Release::done).returns(180 - stopped, Release::left);
        assertThat(releases().take(release, Step.RESUME, (before, after) -> seen.add(after)))
                .isEmpty();
        assertThat(effects(orders).stream().mapToInt(List::size).sum()).isEqualTo(stopped);
        assertThat(app.count("select count(*) from inventory.parked where state = 'PARKED' and key in (select key"
                        + " from inventory.release_event where release = '" + release.id() + "')"))
                .isEqualTo(180 - stopped);
    }

    @Test
    void whatIsNotOverIsSeen() {
        parkAll(orders(1));
        var paused = begin(everything(), 1);
        assertThat(releases().take(paused, Step.PAUSE, (before, after) -> {})).isPresent();
        var runs = begin(everything(), 1);
        begin(everything(), 1);
        begin(everything(), 1);
        var longAgo = "update inventory.release set created_at = created_at - interval '%s' where id = ?";
        app.jdbc().update(longAgo.formatted("1 hour"), runs.id());
        app.jdbc().update(longAgo.formatted("1 day"), paused.id());

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(figure("parked.releases", "state", "waiting")).isEqualTo(2);
            assertThat(figure("parked.releases", "state", "running")).isEqualTo(1);
            assertThat(figure("parked.releases", "state", "paused")).isEqualTo(1);
            assertThat(figure("parked.releases.oldest.age.seconds")).isBetween(3_600.0, 4_000.0);
        });
    }

    /** Its value; zero before it is known. */
    private static double figure(String name, String... tags) {
        return app.get(MeterRegistry.class).find(name).tags(tags).gauges().stream()
                .mapToDouble(Gauge::value)
                .sum();
    }

    @Test
    void anotherInstanceCarriesOnAtTheSamePace() {
        var place = CounterApp.Place.fresh();
        var first = new CounterApp(place);
        parkAll(first, orders(1));
        var small = begin(first, everything(), 6_000);
        await().atMost(PATIENCE).until(() -> now(first, small).state() == State.DONE);
        var holder = "select holder from inventory.lease where name = 'releases'";
        var its = first.jdbc().queryForObject(holder, UUID.class);
        try (var second = new CounterApp(place)) {
            var orders = orders(40);
            parkAll(first, orders);
            first.jdbc().update(TAKEN_BY, its);
            var release = begin(first, everything(), 600);
            await().atMost(PATIENCE).until(() -> now(second, release).done() >= 10);
            assertThat(first.jdbc().queryForObject(holder, UUID.class)).isEqualTo(its);

            first.close();
            assertThat(now(second, release).left()).isPositive();
            await().atMost(PATIENCE).until(() -> now(second, release).state() == State.DONE);

            assertThat(second.jdbc().queryForObject(holder, UUID.class)).isNotEqualTo(its);
            assertThat(effects(second, orders)).containsOnly(WHOLE);
            assertThat(now(second, release).done()).isEqualTo(120);
            assertThat(second.count(BUSIEST_SECOND.formatted(release.id())))
                    .as("with what may be caught up with")
                    .isLessThanOrEqualTo(25);
        }
    }

    /** Between the effect of an event and its count there is no moment at which a process could end. */
    @Test
    void whatIsNotCountedHasNotHappened() {
        var orders = orders(1);
        parkAll(orders);
        app.jdbc().execute("""
                set role inventory_migrator;
                create sequence inventory.tries;
                grant select on inventory.tries to inventory;
                create function inventory.dies() returns trigger language plpgsql security definer as $$ begin
                    perform nextval('inventory.tries');
                    raise exception 'gone' using errcode = '57P01'; end $$;
                create trigger dies before update on inventory.release_event
                    for each row execute function inventory.dies();
                reset role""");
        var release = begin(ofKeys(orders), 6_000);
        try {
            await().atMost(PATIENCE)
                    .until(() -> app.count("select count(*) from inventory.tries where is_called") == 1);
            assertThat(effects(orders)).containsExactly(List.of());
            assertThat(now(release)).returns(0, Release::done).returns(3, Release::left);
        } finally {
            app.jdbc()
                    .execute("set role inventory_migrator; drop function inventory.dies cascade;"
                            + " drop sequence inventory.tries; reset role");
        }

        awaitState(release, State.DONE);
        assertThat(effects(orders)).containsExactly(WHOLE);
        assertThat(now(release).done()).isEqualTo(3);
    }

    @Test
    void discardedTheyNeverTakeEffectAndTheirOrderGoesOn() {
        var orders = orders(2);
        parkAll(orders);
        var head = head(orders.get(0));

        var release = begin(new Selection(Action.DISCARD, null, List.of(head), null, false, null), 6_000);
        awaitState(release, State.DONE);
        assertThat(items(release)).extracting(Item::result).containsExactly(Result.DISCARDED);
        var rest = begin(everything(), 6_000);
        awaitState(rest, State.DONE);

        assertThat(effects(orders)).containsExactly(List.of("OrderConfirmed", "OrderCancelled"), WHOLE);
        assertThat(releases().ofEvent(INVENTORY, head, 10))
                .singleElement()
                .returns(Result.DISCARDED, Releases.Tried::result)
                .returns("eve", Releases.Tried::caller);
    }

    /** Something that takes a turn of who carries releases out, and longer. */
    private static void anotherIsDone() {
        var orders = orders(5);
        parkAll(orders);
        awaitState(begin(ofKeys(orders), 600), State.DONE);
        assertThat(effects(orders)).containsOnly(WHOLE);
    }

    private static List<UUID> orders(int number) {
        return Stream.generate(UUID::randomUUID).limit(number).toList();
    }

    /** As their consumer would: the first failed, and the others wait behind it. */
    private static void parkAll(List<UUID> orders) {
        parkAll(app, orders);
    }

    private static void parkAll(CounterApp at, List<UUID> orders) {
        for (int step = 0; step < WHOLE.size(); step++) {
            for (var order : orders) {
                var event = List.<Event>of(
                                CounterApp.created(order), CounterApp.confirmed(order), CounterApp.cancelled(order))
                        .get(step);
                var record = at.place.record(event);
                var received = new Received(
                        "order_events", 0, offset++, record.key(), record.value(), Instant.now(), List.of());
                var reason = step == 0 ? Reason.FAILED : Reason.FOLLOWER;
                at.backbone().run(transaction -> at.backbone()
                        .tables()
                        .parked()
                        .park(received, order, Event.typeOf(event.getClass()), Fault.seen(reason, "Any", 1)));
            }
        }
    }

    private static UUID head(UUID order) {
        return app.backbone()
                .tables()
                .parked()
                .head("order_events", order.toString())
                .orElseThrow();
    }

    /** What failed of these orders, parked or settled, with what waits behind it. */
    private static Selection ofKeys(List<UUID> orders) {
        var ids = app.jdbc()
                .queryForList(
                        "select id from inventory.parked where order_id = any(?) and reason = 'FAILED'",
                        UUID.class,
                        (Object) orders.toArray(UUID[]::new));
        return new Selection(Action.RELEASE, null, ids, null, true, null);
    }

    private static Selection everything() {
        var filter = new Filter(Parking.State.PARKED, null, null, null, null, null, null, null, null, null);
        return new Selection(Action.RELEASE, filter, List.of(), null, true, null);
    }

    private static Release begin(Selection selection, int perMinute) {
        return begin(app, selection, perMinute);
    }

    private static Release begin(CounterApp at, Selection selection, int perMinute) {
        var order = new Order("these", "eve", "repaired", UUID.randomUUID(), perMinute, null);
        return at.get(Releases.class).begin(INVENTORY, selection, order, release -> {});
    }

    private static Releases releases() {
        return app.get(Releases.class);
    }

    private static Release now(Release release) {
        return now(app, release);
    }

    private static Release now(CounterApp at, Release release) {
        return at.get(Releases.class).find(release.id()).orElseThrow();
    }

    private static List<Item> items(Release release) {
        return releases().items(release, null, 0, 1_000);
    }

    private static void awaitState(Release release, State state) {
        await().atMost(PATIENCE).until(() -> now(release).state() == state);
    }

    private static List<List<String>> effects(List<UUID> orders) {
        return effects(app, orders);
    }

    private static List<List<String>> effects(CounterApp at, List<UUID> orders) {
        return orders.stream()
                .map(order -> at.effects(order).stream().filter(WHOLE::contains).toList())
                .toList();
    }
}
