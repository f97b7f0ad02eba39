package io.orderflow.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.console.ConsoleApp.Place;
import io.orderflow.console.ConsoleApp.Told;
import io.orderflow.contracts.EventParked;
import io.orderflow.messaging.Limits;
import io.orderflow.testkit.Postgres;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Console wired as an application wires it: the real backbone and edge, a real broker and database. */
class ConsoleModuleTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static Place place;
    private static ConsoleApp console;

    @BeforeAll
    static void open() {
        place = Place.fresh();
        console = new ConsoleApp(place);
    }

    @AfterAll
    static void close() {
        console.close();
    }

    @Test
    void severalInstancesTellOneStoryOfWhatComesInAnyOrderAndTwice() {
        var shared = Place.fresh();
        var events = new ArrayList<Told>();
        for (int i = 0; i < 40; i++) {
            var order = UUID.randomUUID();
            events.addAll(
                    switch (i % 3) {
                        case 0 -> Sagas.confirmed(order);
                        case 1 -> Sagas.refunded(order);
                        default -> Sagas.declined(order);
                    });
        }
        var shuffled = new ArrayList<>(events);
        Collections.shuffle(shuffled, new Random(7));

        try (var one = new ConsoleApp(shared);
                var other = new ConsoleApp(shared)) {
            shared.write(shuffled);
            shared.write(shuffled.subList(0, shuffled.size() / 2));

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(one.count("console.chapter"))
                    .isEqualTo(events.size()));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                            handled(one, "inbox.duplicates") + handled(other, "inbox.duplicates"))
                    .isEqualTo(shuffled.size() / 2));
            assertThat(one.count("console.story where waiting_since is null")).isEqualTo(40);
            assertThat(one.count("console.story where state = 'CONFIRMED'")).isEqualTo(14);
            assertThat(one.count("console.parked")).isZero();
            assertThat(shared.read("dead_letters")).isEmpty();
        }
    }

    private static double handled(ConsoleApp app, String counter) {
        return app.get(MeterRegistry.class).get(counter).counters().stream()
                .mapToDouble(one -> one.count())
                .sum();
    }

    @Test
    void theStoryOfARefundedOrderIsWhole() throws Exception {
        var order = UUID.randomUUID();
        var saga = Sagas.refunded(order);
        place.write(saga);
        settles(order);

        var story = JSON.readTree(console.get("/ops/orders/" + order + "/story").body());

        assertThat(story.at("/state").asText()).isEqualTo("CANCELLED");
        assertThat(story.at("/reason").asText()).isEqualTo("OUT_OF_STOCK");
        assertThat(story.at("/settled").asBoolean()).isTrue();
        assertThat(story.at("/waits_for")).isEmpty();
        assertThat(story.at("/events")).hasSize(6).allSatisfy(event -> {
            assertThat(event.at("/published_at").isTextual()).isTrue();
            assertThat(event.at("/read_at").isTextual()).isTrue();
            assertThat(event.at("/topic_millis").isNumber()).isTrue();
        });
        var refund = of(story, "PaymentRefunded");
        assertThat(refund.at("/source").asText()).isEqualTo("payments");
        assertThat(refund.at("/after")).isEqualTo(of(story, "OrderCancelled").at("/event_id"));
        assertThat(refund.at("/undoes")).isEqualTo(of(story, "PaymentCompleted").at("/event_id"));
        assertThat(refund.at("/amount_minor").asLong()).isEqualTo(1290);
        assertThat(of(story, "StockRejected").at("/reason").asText()).isEqualTo("mug");
        assertThat(console.get("/ops/orders/" + UUID.randomUUID() + "/story").statusCode())
                .isEqualTo(404);
        assertThat(console.sql()
                        .queryForList("select to_jsonb(chapter)::text from console.chapter", String.class)
                        .toString())
                .doesNotContain("customer-7", "tok_secret");
    }

    @Test
    void aStoryTellsWhoCalledItsOrderOff() throws Exception {
        var order = UUID.randomUUID();
        place.write(Sagas.calledOff(order));
        settles(order);

        var story = JSON.readTree(console.get("/ops/orders/" + order + "/story").body());

        assertThat(of(story, "OrderCancelled").at("/reason").asText()).isEqualTo("CUSTOMER");
        assertThat(of(story, "OrderCancelled").at("/by").asText()).isEqualTo("operator");
        assertThat(of(story, "StockReleased").at("/by").isNull()).isTrue();
    }

    private static JsonNode of(JsonNode story, String type) {
        for (var event : story.at("/events")) {
            if (event.at("/type").asText().equals(type)) {
                return event;
            }
        }
        throw new AssertionError(type + " is not in " + story);
    }

    private static void settles(UUID order) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        console.count("console.story where order_id = ? and waiting_since is null", order))
                .isEqualTo(1));
    }

    @Test
    void storiesAreFoundByWhatIsKnownOfThem() throws Exception {
        var stuck = UUID.randomUUID();
        var fine = UUID.randomUUID();
        var pending = Sagas.pending(stuck);
        place.write(pending);
        place.write(List.of(new Told(new EventParked(
                stuck, Sagas.NOON, "payments", UUID.randomUUID(), "order_events", 1, 8, "FAILED", "0".repeat(64)))));
        place.write(Sagas.confirmed(fine));
        settles(fine);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(console.count("console.chapter where order_id = ?", stuck))
                        .isEqualTo(2));
        ago(stuck, Duration.ofHours(300));
        ago(fine, Duration.ofHours(300));

        assertThat(found("order=" + stuck)).containsExactly(stuck);
        assertThat(found("event=" + pending.getFirst().id())).containsExactly(stuck);
        assertThat(found("event=" + UUID.randomUUID())).isEmpty();
        assertThat(found("trace=" + "a".repeat(32))).isEmpty();
        assertThat(found("state=PENDING&min_age=299h")).containsExactly(stuck);
        assertThat(found("state=CONFIRMED&min_age=299h&max_age=301h")).containsExactly(fine);
        assertThat(found("waits_for=inventory&stuck=299h")).containsExactly(stuck);
        assertThat(found("stuck=301h")).isEmpty();
        var line = JSON.readTree(console.get("/ops/orders?stuck=299h").body()).at("/items/0");
        assertThat(line.at("/waits_for/0/service").asText()).isEqualTo("payments");
        assertThat(line.at("/waits_for/0/parked")).as("most likely why").hasSize(1);
        assertThat(line.at("/waits_for/1/parked")).isEmpty();
        for (var wrong : List.of("order=7", "trace=7", "state=LOST", "stuck=10", "customer=7", "waits_for=mail")) {
            assertThat(console.get("/ops/orders?" + wrong).statusCode())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }

    private static void ago(UUID order, Duration age) {
        console.sql().update("""
                        update console.story set began_at = now() - make_interval(secs => ?),
                            waiting_since = case when waiting_since is null then null
                                else now() - make_interval(secs => ?) end
                        where order_id = ?""", age.toSeconds(), age.toSeconds(), order);
    }

    private static List<UUID> found(String query) throws Exception {
        var found = new ArrayList<UUID>();
        var next = "";
        do {
            var page = JSON.readTree(
                    console.get("/ops/orders?limit=1&" + query + next).body());
            page.at("/items")
                    .forEach(item ->
                            found.add(UUID.fromString(item.at("/order_id").asText())));
            next = page.at("/next").isNull()
                    ? null
                    : "&after=" + page.at("/next").asText();
        } while (next != null);
        return found;
    }

    @Test
    void aPageLeavesNobodyOutAndNamesNobodyTwice() throws Exception {
        var orders = new ArrayList<UUID>();
        for (int i = 0; i < 5; i++) {
            orders.add(UUID.randomUUID());
            place.write(Sagas.pending(orders.get(i)));
        }
        await().atMost(PATIENCE).until(() -> orders.stream()
                .allMatch(order -> console.count("console.chapter where order_id = ?", order) == 1));
        orders.forEach(order -> ago(order, Duration.ofHours(500)));

        assertThat(found("min_age=499h")).containsExactlyInAnyOrderElementsOf(orders);
        assertThat(found("stuck=499h")).containsExactlyInAnyOrderElementsOf(orders);
    }

    @Test
    void whatIsLongOldIsForgottenAlsoWhereItStillWaits() {
        var over = UUID.randomUUID();
        var waits = UUID.randomUUID();
        var fresh = UUID.randomUUID();
        var headless = UUID.randomUUID();
        place.write(Sagas.confirmed(over));
        place.write(Sagas.pending(waits));
        place.write(Sagas.confirmed(fresh));
        place.write(Sagas.confirmed(headless).subList(1, 2));
        settles(over);
        settles(fresh);
        hears(waits);
        hears(headless);
        old(over, waits, headless);

        forget();

        assertThat(console.count("console.story where order_id in (?, ?, ?)", over, waits, headless))
                .isZero();
        assertThat(console.count("console.chapter where order_id in (?, ?, ?)", over, waits, headless))
                .isZero();
        assertThat(console.count("console.story where order_id = ?", fresh)).isEqualTo(1);
    }

    /** An event that arrives while its story is forgotten would go with it. */
    @Test
    void aStoryThatIsToldRightNowIsNotForgotten() throws Exception {
        var told = UUID.randomUUID();
        var over = UUID.randomUUID();
        place.write(Sagas.pending(told));
        place.write(Sagas.pending(over));
        hears(told);
        hears(over);
        old(told, over);
        try (var connection = Postgres.shared().connect(place.database().name());
                var sql = connection.createStatement()) {
            connection.setAutoCommit(false);
            sql.execute("update console.story set changed_at = now() where order_id = '%s'".formatted(told));

            CompletableFuture.runAsync(ConsoleModuleTest::forget).get(30, TimeUnit.SECONDS);

            connection.commit();
        }
        forget();

        assertThat(console.count("console.story where order_id = ?", over)).isZero();
        assertThat(console.count("console.chapter where order_id = ?", told)).isEqualTo(1);
    }

    private static void hears(UUID order) {
        await().atMost(PATIENCE).until(() -> console.count("console.chapter where order_id = ?", order) == 1);
    }

    private static void old(UUID... orders) {
        console.sql()
                .update(
                        "update console.story set changed_at = now() - interval '91 days' where order_id = any(?)",
                        (Object) orders);
    }

    private static void forget() {
        var retention = console.get(ConsoleModule.class)
                .oldStories(
                        new ConsoleSettings(Duration.ofDays(90), Map.of(), Map.of(), PATIENCE),
                        console.get(Limits.class));
        console.sql().update(retention.sql(), Timestamp.from(Instant.now().minus(retention.age())), 1000);
    }
}
