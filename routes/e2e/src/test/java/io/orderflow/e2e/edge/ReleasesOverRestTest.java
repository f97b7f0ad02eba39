package io.orderflow.e2e.edge;

import static io.orderflow.contracts.Role.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderflow.e2e.shop.Client;
import io.orderflow.e2e.shop.PausedWorkers;
import io.orderflow.e2e.shop.RestAnswer;
import io.orderflow.e2e.shop.Shop;
import io.orderflow.e2e.shop.Site;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Many parked events are released by nothing but the operators' port, and what was done is on record. */
class ReleasesOverRestTest {

    private static Shop shop;
    private static Client ops;

    @BeforeAll
    static void open() {
        shop = Shop.at(Site.fresh(), "--spring.main.sources=" + PausedWorkers.Module.class.getName());
        ops = new Client(shop.instance().ops());
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void whatFailedIsLookedAtReleasedAndWatchedToItsEnd() {
        var mug = shop.stocks(5);
        var workers = shop.instance().get(PausedWorkers.class);
        workers.pause("payments.charge-order");
        var orders = shop.placesAll(Shop.orders(5, mug));
        orders.forEach(order -> shop.breaks("orders.orders", "id", order));
        workers.goOn();
        orders.forEach(order -> shop.eventually(order)
                .comesTrue(() -> assertThat(shop.parkedOf(ORDERS, order)).hasSize(2)));
        orders.forEach(order -> shop.repairs("orders.orders", order));
        var failed = "service=orders&reason=FAILED&error_class=PSQLException";

        var plan = make(failed + "&dry_run=true").expect(200).body();
        int matches = plan.at("/matches").asInt();
        assertThat(matches).isBetween(5, 10);
        assertThat(plan.at("/behind_another").asInt()).isZero();
        assertThat(make(failed).expect(422).text("detail")).startsWith("count: missing");
        assertThat(make(failed + "&count=" + (matches + 1)).expect(422).text("detail"))
                .startsWith("count: " + matches + " now");
        var made = make(failed + "&count=" + matches + "&before="
                        + plan.at("/before").asText() + "&per_minute=6000")
                .expect(202);
        var path = "/ops/releases/" + made.text("id");

        await().atMost(Shop.PATIENCE)
                .until(() -> ops.get(path).body().at("/release/state").asText().equals("DONE"));
        orders.forEach(order -> shop.eventually(order).isConfirmed().isSettled());
        var done = ops.get(path).expect(200).body();
        assertThat(done.at("/release/done").asInt())
                .isEqualTo(done.at("/release/events").asInt());
        assertThat(done.at("/later").asInt()).isZero();
        var results =
                ops.get(path + "/events?limit=1&result=RELEASED").expect(200).body();
        assertThat(results.at("/items/0/place").asInt()).isEqualTo(1);
        assertThat(results.at("/items/0/order_id").asText())
                .isEqualTo(results.at("/items/0/key").asText());
        assertThat(results.at("/items/0/order_state").asText()).isEqualTo("CONFIRMED");
        var next = ops.get(path + "/events?limit=1&after=" + results.at("/next").asText());
        assertThat(next.body().at("/items/0/place").asInt()).isEqualTo(2);
        assertThat(ops.get("/ops/releases").body().at("/items/0/id").asText()).isEqualTo(made.text("id"));
        isOnRecord(made, results.at("/items/0/event_id").asText());

        make("service=orders&ids=" + results.at("/items/0/event_id").asText()).expect(409);
        assertThat(make(failed + "&count=0").expect(202).text("state")).isEqualTo("DONE");
        assertThat(shop.journal().of(orders.getFirst()).stream()
                        .filter(entry -> entry.type().equals("OrderConfirmed"))
                        .map(entry -> entry.eventId())
                        .distinct())
                .hasSize(1);
    }

    private static void isOnRecord(RestAnswer made, String event) {
        var call = ops.get("/ops/audit?limit=1&action=ops.make-release&target=/ops/releases")
                .body()
                .at("/items/0");
        assertThat(call.at("/reason").asText()).isEqualTo("repaired");
        assertThat(call.at("/service").asText()).isEqualTo("orders");
        assertThat(call.at("/after").asText())
                .startsWith(made.text("id") + " RELEASE of ")
                .endsWith(" events, 6000 a minute: reason=FAILED error_class=PSQLException");
        var step = ops.get("/ops/parked/" + event).body().at("/timeline").get(1);
        assertThat(step.at("/what").asText()).isEqualTo("RELEASED");
        assertThat(step.at("/release").asText()).isEqualTo(made.text("id"));
        assertThat(step.at("/reason").asText()).isEqualTo("repaired");
    }

    @Test
    void aReleaseIsPausedResumedAndStoppedOnRecord() {
        var keys = List.of(UUID.randomUUID(), UUID.randomUUID());
        keys.forEach(key -> shop.writes("inventory_events", key.toString(), bytes("no event"), bytes("nor this")));
        await().atMost(Shop.PATIENCE)
                .until(() -> keys.stream().allMatch(key -> parked(key).size() == 2));
        var ids = parked(keys.get(0)).get(0).at("/id").asText() + ","
                + parked(keys.get(1)).get(0).at("/id").asText();
        var all = "service=orders&action=DISCARD&followers=true&dry_run=true&ids=" + ids;
        assertThat(make(all).expect(200).body().at("/events").asInt()).isEqualTo(4);
        var earlier = make(all + "&before=2020-01-01T00:00:00Z").expect(200).body();
        assertThat(earlier.at("/events").asInt()).isEqualTo(2);
        var discarded =
                make("service=orders&action=DISCARD&per_minute=1&ids=" + ids).expect(202);
        assertThat(discarded.body().at("/events").asInt()).isEqualTo(2);
        var path = "/ops/releases/" + discarded.text("id");

        var unknown = ops.get(path + "/events").expect(200).body().at("/items/0");
        assertThat(unknown.at("/order_id").asText())
                .isEqualTo(unknown.at("/key").asText());
        assertThat(unknown.at("/order_state").isNull()).isTrue();
        assertThat(step(path, "pause").expect(200).text("state")).isEqualTo("PAUSED");
        step(path, "pause").expect(409);
        assertThat(step(path, "resume").expect(200).text("state")).isIn("RUNNING", "WAITING");
        assertThat(step(path, "stop").expect(200).text("state")).isEqualTo("STOPPED");
        step(path, "resume").expect(409);
        step(path, "stop").expect(409);

        assertThat(recorded(path + "/pause")).containsExactly("CONFLICT null null", "DONE RUNNING PAUSED");
        assertThat(recorded(path + "/stop")).containsExactly("CONFLICT null null", "DONE RUNNING STOPPED");
        var followed = make("service=orders&action=DISCARD&followers=true&per_minute=6000&key=" + keys.get(1))
                .expect(202);
        await().atMost(Shop.PATIENCE).until(() -> ops.get("/ops/releases/" + followed.text("id"))
                .body()
                .at("/release/state")
                .asText()
                .equals("DONE"));
        assertThat(parked(keys.get(1))).isEmpty();
        assertThat(parked(keys.get(0)).size()).isBetween(1, 2);
    }

    @Test
    void whatNobodyCanMeanIsRefusedByName() {
        var id = UUID.randomUUID();
        for (var query : List.of(
                "service=nobody",
                "action=FORGET",
                "dry_run=yes",
                "ids=7",
                "before=2026-01-01",
                "count=-1",
                "followers=1",
                "first=0",
                "per_minute=0",
                "per_minute=60001",
                "min_age=10")) {
            var sent = query.startsWith("service=") ? query : "service=orders&" + query;
            assertThat(make(sent).expect(400).text("detail"))
                    .as(query)
                    .startsWith(query.substring(0, query.indexOf('=')) + ": ");
        }
        assertThat(make("dry_run=true").expect(400).text("detail")).startsWith("service: ");
        assertThat(make("service=orders&ids=" + id + "&reason=FAILED")
                        .expect(400)
                        .text("detail"))
                .startsWith("ids: beside a filter");
        assertThat(make("service=orders&ids=" + id).expect(422).text("detail")).contains("was never parked in orders");
        make("service=orders&state=PARKED").expect(400);
        make("service=orders&key=").expect(422);
        ops.post("/ops/releases?service=orders&key=x", "none", "{\"reason\":\" \"}")
                .expect(422);
        ops.get("/ops/releases/" + id).expect(404);
        ops.get("/ops/releases/" + id + "/events").expect(404);
        step("/ops/releases/" + id, "stop").expect(404);
    }

    private static List<String> recorded(String target) {
        return ops.get("/ops/audit?target=" + target)
                .body()
                .at("/items")
                .valueStream()
                .map(call -> call.at("/result").asText() + " "
                        + call.at("/before").asText() + " " + call.at("/after").asText())
                .toList();
    }

    private static JsonNode parked(UUID key) {
        return ops.get("/ops/parked?key=" + key).expect(200).body().at("/items");
    }

    private static RestAnswer make(String query) {
        return ops.post("/ops/releases?" + query, "none", "{\"reason\":\"repaired\"}");
    }

    private static RestAnswer step(String path, String step) {
        return ops.post(path + "/" + step, "none", "{\"reason\":\"wait\"}");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
