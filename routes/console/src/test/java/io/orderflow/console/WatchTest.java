package io.orderflow.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.console.ConsoleApp.Place;
import io.orderflow.console.ConsoleApp.Told;
import io.orderflow.contracts.EventParked;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What operators look on at: figures of roles that answer and of roles that do not, and stories beside them. */
class WatchTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String FIGURES = """
            # HELP outbox_oldest_age_seconds how long
            # TYPE outbox_oldest_age_seconds gauge
            outbox_oldest_age_seconds{role="payments"} 12.5
            outbox_pending{role="payments"} 7.0
            parked_events{reason="failed",role="payments",topic="order_events"} 2.0
            parked_events{reason="follower",role="payments",topic="order_events"} 1.0
            kafka_consumer_lag{partition="0",role="payments",topic="order_events"} 700.0
            kafka_consumer_lag{partition="1",role="payments",topic="order_events"} 800.0
            consumer_running{role="payments",topic="order_events"} 0.0
            inbox_handled_total{role="payments",topic="order_events"} 41.0
            work_pending{queue="charge-order",role="payments"} 3.0
            work_oldest_age_seconds{queue="charge-order",role="payments"} 1.5
            orders_accepted_total 10.0
            orders_outcome_total{outcome="confirmed"} 6.0
            orders_outcome_total{outcome="out_of_stock"} 1.0
            orders_outcome_total{outcome="deadline"} 2.0
            inbox_parked_total{reason="failed",role="payments",topic="order_events"} 5.0
            """;

    private static FakeRole payments;
    private static FakeRole notifications;
    private static Place place;
    private static ConsoleApp console;

    @BeforeAll
    static void open() {
        payments = new FakeRole().answers("/figures", 200, "text/plain; version=0.0.4", FIGURES);
        notifications = new FakeRole();
        place = Place.fresh();
        console = new ConsoleApp(
                place,
                "orderflow.console.stuck-after=90000h",
                "orderflow.console.figures.payments=" + payments.address() + "/figures",
                "orderflow.console.figures.inventory=http://127.0.0.1:1/figures",
                "orderflow.console.roles.orders=" + payments.address(),
                "orderflow.console.roles.payments=" + payments.address(),
                "orderflow.console.roles.inventory=http://127.0.0.1:1",
                "orderflow.console.roles.notifications=" + notifications.address());
    }

    @AfterAll
    static void close() {
        console.close();
        payments.close();
        notifications.close();
    }

    @Test
    void whatTheRolesSayIsJudgedAndWhoSaysNothingIsNamed() throws Exception {
        var overview = read("/ops/console/overview");

        assertThat(tile(overview, "oldest_outbox").at("/value").asDouble()).isEqualTo(12.5);
        assertThat(tile(overview, "oldest_outbox").at("/state").asText()).isEqualTo("warn");
        assertThat(tile(overview, "parked").at("/value").asDouble()).isEqualTo(3);
        assertThat(share(overview, "worst_lag", "payments").at("/value").asDouble())
                .isEqualTo(1500);
        assertThat(share(overview, "worst_lag", "payments").at("/state").asText())
                .isEqualTo("warn");
        assertThat(share(overview, "worst_lag", "inventory").at("/value").isNull())
                .isTrue();
        assertThat(share(overview, "worst_lag", "inventory").at("/state").asText())
                .isEqualTo("unknown");
        assertThat(share(overview, "oldest_outbox", "console").at("/state").asText())
                .as("of this process")
                .isEqualTo("ok");
        assertThat(role(overview, "payments").at("/answers").asBoolean()).isTrue();
        assertThat(role(overview, "inventory").at("/answers").asBoolean()).isFalse();
        assertThat(role(overview, "inventory").at("/why").asText()).isEqualTo("away");
        assertThat(role(overview, "orders").at("/why").asText()).contains("orderflow.console.figures.orders");
        assertThat(role(overview, "console").at("/answers").asBoolean()).isTrue();
        assertThat(overview.at("/since_start/accepted").asInt()).isEqualTo(10);
        assertThat(overview.at("/since_start/confirmed").asInt()).isEqualTo(6);
        assertThat(overview.at("/since_start/cancelled").asInt()).isEqualTo(3);
        assertThat(overview.at("/since_start/parked").asInt()).isGreaterThanOrEqualTo(5);
        assertThat(overview.at("/as_of").isTextual()).isTrue();
    }

    @Test
    void ordersOfTheLastMinutesAreCountedAndTimed() {
        var confirmed = told(Sagas.confirmed(UUID.randomUUID()));
        var refunded = told(Sagas.refunded(UUID.randomUUID()));
        var pending = told(Sagas.pending(UUID.randomUUID()));
        var old = told(Sagas.confirmed(UUID.randomUUID()));
        happened(confirmed, Duration.ofSeconds(30), Duration.ofMillis(200));
        happened(refunded, Duration.ofSeconds(40), Duration.ofMillis(900));
        happened(pending, Duration.ofSeconds(50), Duration.ZERO);
        happened(old, Duration.ofMinutes(6), Duration.ofMillis(1));

        await().atMost(PATIENCE).untilAsserted(() -> {
            var orders = read("/ops/console/overview").at("/orders");
            assertThat(orders.at("/accepted").asInt()).isEqualTo(3);
            assertThat(orders.at("/confirmed").asInt()).isEqualTo(1);
            assertThat(orders.at("/cancelled").asInt()).isEqualTo(1);
            assertThat(orders.at("/accepted_per_second").asDouble()).isEqualTo(3 / 60.0);
            assertThat(orders.at("/ended_per_second").asDouble()).isEqualTo(2 / 60.0);
            assertThat(orders.at("/p50_millis").asInt()).isEqualTo(200);
            assertThat(orders.at("/p99_millis").asInt()).isEqualTo(900);
            assertThat(orders.at("/is_whole").asBoolean()).isTrue();
        });
    }

    /** Its events are of so long ago, and the last of them came so much later than the first. */
    private static void happened(UUID order, Duration ago, Duration took) {
        console.sql().update("""
                update console.chapter set occurred_at = now() - make_interval(secs => ?)
                    + case when event_type in ('OrderConfirmed', 'OrderCancelled') then make_interval(secs => ?)
                      else interval '0' end
                where order_id = ?""", ago.toSeconds(), took.toMillis() / 1000.0, order);
        console.sql()
                .update(
                        "update console.story set began_at = (select min(occurred_at) from console.chapter where order_id = ?)"
                                + " where order_id = ?",
                        order,
                        order);
    }

    private static UUID told(List<Told> saga) {
        place.write(saga);
        var order = saga.getFirst().event().orderId();
        await().atMost(PATIENCE).until(() -> console.count("console.chapter where order_id = ?", order) == saga.size());
        return order;
    }

    @Test
    void whoIsStuckIsShownWithWhatIsMostLikelyToBlame() throws Exception {
        var parked = UUID.randomUUID();
        told(Stream.concat(
                        Sagas.pending(parked).stream(),
                        Stream.of(new Told(new EventParked(
                                parked,
                                Sagas.NOON,
                                "payments",
                                UUID.randomUUID(),
                                "order_events",
                                1,
                                8,
                                "FAILED",
                                "0".repeat(64)))))
                .toList());
        var fine = told(Sagas.pending(UUID.randomUUID()));
        var stopped = told(Sagas.pending(UUID.randomUUID()));
        console.sql()
                .update(
                        "update console.story set waits_for = '{payments}', waiting_since = now() - interval '100000 h'"
                                + " where order_id = ?",
                        parked);
        console.sql()
                .update(
                        "update console.story set waiting_since = now() - interval '95000 h' where order_id = ?",
                        stopped);
        console.sql()
                .update("update console.story set waiting_since = now() - interval '200 h' where order_id = ?", fine);

        var first = read("/ops/console/stuck?limit=1");
        var second =
                read("/ops/console/stuck?limit=1&after=" + first.at("/next").asText());

        assertThat(first.at("/items/0/order_id").asText()).isEqualTo(parked.toString());
        assertThat(first.at("/items/0/cause").asText()).isEqualTo("PARKED");
        assertThat(first.at("/items/0/cause_role").asText()).isEqualTo("payments");
        assertThat(second.at("/items/0/order_id").asText()).isEqualTo(stopped.toString());
        assertThat(second.at("/items/0/cause").asText()).isEqualTo("STOPPED_ROUTE");
        assertThat(second.at("/items/0/why").asText()).isEqualTo("payments hears nothing of order_events");
        assertThat(second.at("/next").isNull()).isTrue();
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(tile(read("/ops/console/overview"), "stuck")
                        .at("/value")
                        .asInt())
                .isEqualTo(2));
    }

    @Test
    void theFlowIsTheDeclarationWithWhatEachSaysBesideIt() throws Exception {
        var flow = read("/ops/console/flow");

        var topic = named(flow.at("/topics"), "topic", "order_events");
        assertThat(topic.at("/writers/0").asText()).isEqualTo("orders");
        assertThat(topic.at("/events")).hasSize(3);
        var reader = named(topic.at("/readers"), "role", "payments");
        assertThat(reader.at("/lag").asInt()).isEqualTo(1500);
        assertThat(reader.at("/running").asBoolean(true)).isFalse();
        assertThat(reader.at("/handled").asInt()).isEqualTo(41);
        assertThat(reader.at("/parked").asInt()).isEqualTo(3);
        assertThat(named(topic.at("/readers"), "role", "inventory").at("/lag").isNull())
                .isTrue();
        assertThat(named(topic.at("/readers"), "role", "console").at("/running").asBoolean())
                .isTrue();
        var station = named(flow.at("/roles"), "role", "payments");
        assertThat(station.at("/outbox").asInt()).isEqualTo(7);
        assertThat(station.at("/work/0/queue").asText()).isEqualTo("charge-order");
        assertThat(station.at("/work/0/oldest_seconds").asDouble()).isEqualTo(1.5);
        assertThat(named(flow.at("/roles"), "role", "inventory").at("/answers").asBoolean(true))
                .isFalse();
    }

    @Test
    void anOrderIsShownWithWhatTheServicesSayNow() throws Exception {
        var order = told(Sagas.confirmed(UUID.randomUUID()));
        payments.answers("/ops/orders/" + order, 200, "application/json", "{\"status\":\"CONFIRMED\"}")
                .answers(
                        "/ops/parked",
                        200,
                        "application/json",
                        "{\"items\":[{\"service\":\"payments\"},{\"service\":\"shipping\"}],\"next\":null}");
        notifications
                .answers(
                        "/ops/orders/" + order + "/kept",
                        200,
                        "application/json",
                        "{\"items\":[{\"service\":\"notifications\",\"state\":\"SENT\"}]}")
                .answers(
                        "/ops/parked",
                        403,
                        "application/problem+json",
                        "{\"type\":\"urn:orderflow:problem:forbidden\",\"title\":\"No\",\"status\":403}");

        var answer = console.get("/ops/console/orders/" + order, "Authorization", "Bearer eve");

        var shown = JSON.readTree(answer.body());
        assertThat(shown.at("/story/state").asText()).isEqualTo("CONFIRMED");
        assertThat(part(shown, "orders", "order").at("/body/status").asText()).isEqualTo("CONFIRMED");
        assertThat(part(shown, "payments", "parked").at("/body/items"))
                .as("its own")
                .hasSize(1);
        assertThat(part(shown, "notifications", "mails")
                        .at("/body/items/0/state")
                        .asText())
                .isEqualTo("SENT");
        assertThat(part(shown, "notifications", "parked").at("/status").asInt()).isEqualTo(403);
        assertThat(part(shown, "inventory", "parked").at("/status").asInt()).isEqualTo(503);
        assertThat(part(shown, "inventory", "parked").at("/body/detail").asText())
                .startsWith("inventory: away");
        assertThat(part(shown, "console", "parked").at("/status").asInt()).isEqualTo(200);
        assertThat(notifications.heard())
                .filteredOn(heard -> heard.uri().contains(order.toString()))
                .hasSize(2)
                .allMatch(heard -> heard.header("Authorization").equals("Bearer eve"));
        assertThat(notifications.heard()).anyMatch(heard -> heard.uri().endsWith("order=" + order));
    }

    @Test
    void anOrderThatConsoleHasNotHeardOfIsShownIfOrdersKnowsIt() throws Exception {
        var order = UUID.randomUUID();
        payments.answers("/ops/orders/" + order, 200, "application/json", "{\"status\":\"PENDING\"}");

        assertThat(read("/ops/console/orders/" + order).at("/story").isMissingNode())
                .isTrue();
        var nobodys = UUID.randomUUID();
        payments.answers(
                "/ops/orders/" + nobodys,
                404,
                "application/problem+json",
                "{\"type\":\"urn:orderflow:problem:not-found\",\"title\":\"No\",\"status\":404}");
        assertThat(console.get("/ops/console/orders/" + nobodys).statusCode()).isEqualTo(404);
    }

    /** Whether there is one nobody can say then. */
    @Test
    void anOrderIsShownThoughOrdersDoesNotAnswer() throws Exception {
        var order = UUID.randomUUID();
        payments.answers(
                "/ops/orders/" + order,
                503,
                "application/problem+json",
                "{\"type\":\"urn:orderflow:problem:unavailable\",\"title\":\"No\",\"status\":503}");

        var shown = read("/ops/console/orders/" + order);

        assertThat(shown.at("/story").isMissingNode()).isTrue();
        assertThat(part(shown, "orders", "order").at("/status").asInt()).isEqualTo(503);
    }

    private static JsonNode part(JsonNode shown, String role, String what) {
        for (var one : shown.at("/live")) {
            if (one.at("/role").asText().equals(role)
                    && one.at("/what").asText().equals(what)) {
                return one;
            }
        }
        throw new AssertionError(role + " " + what + " is not in " + shown);
    }

    @Test
    void whoLooksOnIsToldAgainAndAgainAndGoesOnByNumber() throws Exception {
        var request = HttpRequest.newBuilder(console.ops("/ops/console/stream"))
                .header("Last-Event-ID", "7")
                .timeout(PATIENCE);
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(request.build(), BodyHandlers.ofInputStream());
            try (var lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
                assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                        .startsWith("text/event-stream");
                assertThat(lines.lines().filter(line -> line.startsWith("id: ")).limit(2))
                        .containsExactly("id: 8", "id: 9");
                var data = lines.lines()
                        .filter(line -> line.startsWith("data: "))
                        .findFirst()
                        .orElseThrow();
                assertThat(JSON.readTree(data.substring(6)).at("/tiles")).hasSize(4);
            }
            client.shutdownNow();
        }
    }

    @Test
    void thePageAndItsFilesAreForEverybodyAndNothingElseIsThere() {
        var page = console.get("/ops/console");
        var again = console.get(
                "/ops/console",
                "If-None-Match",
                page.headers().firstValue("ETag").orElseThrow());

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).startsWith("<!DOCTYPE html>");
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self'")
                .doesNotContain("unsafe");
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(console.get("/ops/console/index.html").statusCode()).isEqualTo(200);
        for (var nothing : List.of("nothing.js", "ConsoleModule.class", "..", "page")) {
            assertThat(console.get("/ops/console/" + nothing).statusCode())
                    .as(nothing)
                    .isEqualTo(404);
        }
    }

    private static JsonNode tile(JsonNode overview, String name) {
        return named(overview.at("/tiles"), "name", name);
    }

    private static JsonNode share(JsonNode overview, String tile, String role) {
        return named(tile(overview, tile).at("/by_role"), "role", role);
    }

    private static JsonNode role(JsonNode overview, String name) {
        return named(overview.at("/roles"), "role", name);
    }

    private static JsonNode named(JsonNode list, String member, String name) {
        for (var one : list) {
            if (one.path(member).asText().equals(name)) {
                return one;
            }
        }
        throw new AssertionError(name + " is not in " + list);
    }

    private static JsonNode read(String path) throws Exception {
        var answer = console.get(path);
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }
}
