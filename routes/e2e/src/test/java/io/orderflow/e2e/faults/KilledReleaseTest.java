package io.orderflow.e2e.faults;

import static io.orderflow.contracts.Role.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.app.Orderflow;
import io.orderflow.contracts.Event;
import io.orderflow.contracts.Line;
import io.orderflow.contracts.Money;
import io.orderflow.contracts.PaymentCompleted;
import io.orderflow.contracts.StockReserved;
import io.orderflow.e2e.shop.Client;
import io.orderflow.e2e.shop.Instance;
import io.orderflow.e2e.shop.OwnProcess;
import io.orderflow.e2e.shop.RestAnswer;
import io.orderflow.e2e.shop.Shop;
import io.orderflow.e2e.shop.Site;
import io.orderflow.messaging.Parking.Reason;
import io.orderflow.messaging.flow.Backbone;
import io.orderflow.messaging.flow.Backbones;
import io.orderflow.messaging.tables.Envelope;
import io.orderflow.messaging.tables.EventCodec;
import io.orderflow.messaging.tables.Fault;
import io.orderflow.messaging.tables.Received;
import io.orderflow.testkit.Ports;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code kill -9} of who lets ten thousand parked events go. The answers of two thousand orders are parked at orders,
 * some of them said again under another id; orders runs alone, in a process of its own.
 */
class KilledReleaseTest {

    private static final int PLACED = 2_000;
    private static final int PARKED = 10_000;
    private static final int ENOUGH = 2_000;
    private static final int SLOWLY = 600;
    private static final int FAST = 60_000;
    private static final Money PRICE = new Money(Shop.PRICE, "EUR");
    private static final EventCodec CODEC = new EventCodec();

    /** As of one moment: what has taken effect by whichever table one asks. */
    private static final String TOLD = """
            select (select sum(done) from orders.release),
                (select count(*) from orders.release_event where result = 'RELEASED'),
                (select count(*) from orders.parked where state = 'RELEASED'),
                (select count(*) from orders.inbox)""";

    private static final String BUSIEST_SECOND = """
            select max(beside) from (
                select count(*) over (
                    order by tried_at range between current row and interval '1 second' following) as beside
                from orders.release_event where release = ?::uuid and result is not null) each_of_them""";

    private static final String OUT_OF_ORDER = """
            select count(*) from (
                select item.tried_at < lag(item.tried_at) over (partition by item.topic, item.key order by position)
                    as sooner
                from orders.release_event item join orders.parked on parked.id = item.event
                where result = 'RELEASED') each_of_them where sooner""";

    private final int port = Ports.free();
    private final int opsPort = Ports.free();
    private final Client ops = new Client(URI.create("http://localhost:" + opsPort));

    @Test
    @Tag("campaign")
    void tenThousandTakeEffectOnceWhoeverIsKilledOverThem() {
        try (var shop = new Shop(Site.fresh())) {
            var orders = placesAndParks(shop);
            String slow;
            try (var app = app(shop)) {
                slow = makes(SLOWLY, PARKED);
                awaitDone(slow, 100);
                app.kill();
            }
            int killed = assertCounted(shop);
            assertThat(killed).isBetween(100, PARKED / 2);

            int paused;
            String third;
            try (var app = app(shop)) {
                awaitDone(slow, killed + 50);
                paused = step(slow, "pause");
                assertThat(shop.sql().queryForObject(BUSIEST_SECOND, Integer.class, slow))
                        .as("with what may be caught up with")
                        .isLessThanOrEqualTo(25);
                var fast = makes(FAST, PARKED - paused);
                awaitDone(fast, ENOUGH);
                int stopped = step(fast, "stop");
                third = makes(FAST, PARKED - paused - stopped);
                awaitDone(third, ENOUGH);
                assertThat(of(fast, "done")).isEqualTo(stopped);
                app.kill();
            }
            assertThat(assertCounted(shop)).isBetween(paused + 2 * ENOUGH, PARKED - 1);

            try (var app = app(shop)) {
                awaitOver(third);
                assertThat(of(slow, "done")).isEqualTo(paused);
                step(slow, "resume");
                awaitOver(slow);
                assertThat(of(slow, "done")).isEqualTo(paused);
                assertThat(of(slow, "already_done")).isEqualTo(PARKED - paused);
                assertThat(app.isAlive()).isTrue();
                assertEveryOrderIsConfirmedOnce(shop, orders, third);
            }
        }
    }

    /** Orders alone takes the orders, and parks what others could have answered. */
    private static List<UUID> placesAndParks(Shop shop) {
        var orders = shop.starts("--roles=orders");
        var mug = new Shop.Sku("MUG");
        shop.http().put("/products/" + mug.name(), """
                {"name":"A mug","prices":{"EUR":%d}}""".formatted(Shop.PRICE)).expect(200);
        var placed = shop.placesAll(Shop.orders(PLACED, mug));
        var backbone = orders.get(Backbones.class).of(ORDERS);
        for (int answer = 0; answer < PARKED / PLACED; answer++) {
            parks(backbone, placed, mug, answer);
        }
        shop.stops(orders);
        return placed;
    }

    /** An answer to each order, as a consumer would: the first on its topic failed, and the others wait behind it. */
    private static void parks(Backbone backbone, List<UUID> orders, Shop.Sku sku, int answer) {
        boolean isPayment = answer % 2 == 0;
        var topic = isPayment ? "payment_events" : "inventory_events";
        var fault = Fault.seen(answer < 2 ? Reason.FAILED : Reason.FOLLOWER, "Any", 1);
        backbone.run(transaction -> {
            for (int at = 0; at < orders.size(); at++) {
                var order = orders.get(at);
                Event event = isPayment
                        ? new PaymentCompleted(order, Instant.now(), PRICE)
                        : new StockReserved(order, Instant.now(), List.of(new Line(sku.name(), 1)));
                var received = new Received(
                        topic,
                        0,
                        (long) answer * PLACED + at,
                        bytes(order.toString()),
                        bytes(CODEC.encode(new Envelope(UUID.randomUUID(), 1, event))),
                        Instant.now(),
                        List.of());
                backbone.tables().parked().park(received, order, Event.typeOf(event.getClass()), fault);
            }
            return null;
        });
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private OwnProcess app(Shop shop) {
        var app = new OwnProcess(
                Orderflow.class,
                Instance.arguments(
                        shop.site(), "--roles=orders", "--server.port=" + port, "--orderflow.ops.port=" + opsPort));
        await().atMost(Shop.PATIENCE).ignoreExceptions().until(() -> {
            if (!app.isAlive()) {
                throw new AssertionError(app.log());
            }
            return ops.get("/ops/releases").status() == 200;
        });
        return app;
    }

    /** A release of all that is parked still, which is so much. */
    private String makes(int perMinute, int events) {
        var plan = make("&dry_run=true", 200).body();
        assertThat(plan.at("/events").asInt()).isEqualTo(events);
        return make(
                        "&per_minute=" + perMinute + "&count="
                                + plan.at("/matches").asInt() + "&before="
                                + plan.at("/before").asText(),
                        202)
                .text("id");
    }

    private RestAnswer make(String how, int expected) {
        return ops.post("/ops/releases?service=orders" + how, "none", "{\"reason\":\"repaired\"}")
                .expect(expected);
    }

    /** How many took effect until then, and no more do after it. */
    private int step(String release, String step) {
        return ops.post("/ops/releases/" + release + "/" + step, "none", "{\"reason\":\"wait\"}")
                .expect(200)
                .body()
                .at("/done")
                .asInt();
    }

    private int of(String release, String count) {
        return ops.get("/ops/releases/" + release)
                .expect(200)
                .body()
                .at("/release/" + count)
                .asInt();
    }

    private void awaitDone(String release, int events) {
        await().atMost(Shop.PATIENCE).until(() -> of(release, "done") >= events);
    }

    private void awaitOver(String release) {
        await().atMost(Shop.PATIENCE.multipliedBy(2)).until(() -> of(release, "left") == 0);
    }

    /** Nothing happened that is not counted, and nothing is counted that did not. */
    private static int assertCounted(Shop shop) {
        var told = shop.sql()
                .queryForObject(TOLD, (row, at) -> List.of(row.getInt(1), row.getInt(2), row.getInt(3), row.getInt(4)));
        assertThat(told).containsOnly(told.getFirst());
        return told.getFirst();
    }

    private void assertEveryOrderIsConfirmedOnce(Shop shop, List<UUID> orders, String last) {
        assertThat(make("&count=0", 202).text("state")).isEqualTo("DONE");
        assertThat(assertCounted(shop)).isEqualTo(PARKED);
        assertThat(shop.sql().queryForObject(OUT_OF_ORDER, Integer.class)).isZero();
        assertThat(shop.sql().queryForObject("select count(*) from orders.parked_key", Integer.class))
                .isZero();
        assertThat(shop.sql()
                        .queryForList(
                                "select order_id from orders.order_history where event = 'OrderConfirmed'", UUID.class))
                .containsExactlyInAnyOrderElementsOf(orders);
        assertThat(ops.get("/ops/releases/" + last + "/events?limit=100")
                        .expect(200)
                        .body()
                        .at("/items")
                        .valueStream()
                        .map(event -> event.at("/order_state").asText()))
                .hasSize(100)
                .containsOnly("CONFIRMED");
        await().atMost(Shop.PATIENCE)
                .untilAsserted(() -> assertThat(shop.journal().all())
                        .filteredOn(entry -> entry.type().equals("OrderConfirmed"))
                        .extracting(entry -> UUID.fromString(entry.key()))
                        .hasSizeGreaterThanOrEqualTo(PLACED)
                        .containsAll(orders));
        assertThat(shop.journal().all().stream()
                        .filter(entry -> entry.type().equals("OrderConfirmed"))
                        .map(entry -> entry.eventId())
                        .distinct())
                .hasSize(PLACED);
    }
}
