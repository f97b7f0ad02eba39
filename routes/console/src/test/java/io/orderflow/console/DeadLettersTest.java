package io.orderflow.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.console.ConsoleApp.Place;
import io.orderflow.console.ConsoleApp.Told;
import io.orderflow.contracts.EventParked;
import io.orderflow.contracts.Role;
import io.orderflow.messaging.Parking;
import io.orderflow.messaging.tables.Envelope;
import io.orderflow.messaging.tables.EventCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What console does with dead letters, and with what names no order. */
class DeadLettersTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String VERSION = "\"event_version\":1";
    private static final UUID NO_ORDER = new UUID(0, 0);

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
    void ofWhatIsParkedOnlyADeadLetterIsNotToldThere() throws Exception {
        var order = UUID.randomUUID();
        var other = UUID.randomUUID();
        place.writeRaw("dead_letters", other.toString(), "no dead letter");
        place.writeRaw("dead_letters", null, "nobody's");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(console.count(
                        "console.parked where topic = 'dead_letters' and reason = 'UNREADABLE'"
                                + " and (key = ? or raw_key is null) and value is not null",
                        other.toString()))
                .isEqualTo(2));
        place.writeRaw("order_events", order.toString(), "no event");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(console.count(
                        "console.chapter where order_id = ? and source = 'console' and event_type = 'EventParked'"
                                + " and reason = 'UNREADABLE' and park_id is not null and about like 'order_events-%'",
                        order))
                .isEqualTo(1));
        assertThat(place.read("dead_letters"))
                .filteredOn(value -> value.contains("\"service\":\"console\""))
                .as("of the event, and of no dead letter")
                .isNotEmpty()
                .allMatch(value -> value.contains("\"topic\":\"order_events\""));
        assertThat(JSON.readTree(console.get("/ops/orders/" + order + "/story").body())
                        .at("/settled")
                        .asBoolean())
                .isTrue();
    }

    /** As every record of which a release knows only what its bytes say. */
    @Test
    void aDeadLetterOfANewerVersionIsKeptAndHoldsUpNoOther() {
        var order = UUID.randomUUID();
        place.writeRaw("dead_letters", order.toString(), text(parked(order)).replace(VERSION, VERSION + "7"));
        place.write(List.of(parked(order)));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(console.count("console.chapter where order_id = ?", order))
                        .isEqualTo(1));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(console.count(
                        "console.parked where order_id = ? and topic = 'dead_letters' and state = 'PARKED'"
                                + " and reason = 'NOT_UNDERSTOOD' and value is not null",
                        order))
                .isEqualTo(1));
    }

    @Test
    void aDeadLetterThatFailsIsReleasedAsAnyOtherAndTheNextWaitsBehindIt() throws Exception {
        var order = UUID.randomUUID();
        place.asSuperuser("""
                create function refuses() returns trigger language plpgsql as
                    $$ begin raise exception 'broken for a test'; end $$;
                create trigger refuses before insert on console.chapter
                    for each row when (new.order_id = '%s') execute function refuses()""".formatted(order));
        try {
            place.write(List.of(parked(order)));
            await().atMost(PATIENCE).until(() -> waiting(order, "FAILED").size() == 1);
        } finally {
            place.asSuperuser("drop function refuses cascade");
        }
        place.write(List.of(parked(order)));
        await().atMost(PATIENCE).until(() -> waiting(order, "FOLLOWER").size() == 1);
        assertThat(console.count("console.chapter where order_id = ?", order)).isZero();

        for (var reason : List.of("FAILED", "FOLLOWER")) {
            assertThat(console.get(Parking.class)
                            .release(Role.CONSOLE, waiting(order, reason).getFirst()))
                    .isEqualTo(Parking.Result.RELEASED);
        }

        assertThat(console.count("console.chapter where order_id = ?", order)).isEqualTo(2);
        assertThat(place.read("dead_letters"))
                .filteredOn(value -> value.contains(order.toString()))
                .as("what was written, and nothing about it")
                .hasSize(2);
    }

    private static List<UUID> waiting(UUID order, String reason) {
        return console.sql()
                .queryForList(
                        "select id from console.parked where order_id = ? and reason = ? and state = 'PARKED'"
                                + " and topic = 'dead_letters'",
                        UUID.class,
                        order,
                        reason);
    }

    @Test
    void aFloodOfUnreadableDeadLettersStopsTheirReader() {
        var flooded = Place.fresh();
        try (var app = new ConsoleApp(flooded, "orderflow.messaging.park-try-every=10m")) {
            for (int i = 0; i < 60; i++) {
                flooded.writeRaw("dead_letters", UUID.randomUUID().toString(), "no dead letter");
            }
            await().atMost(PATIENCE)
                    .until(() -> app.get(MeterRegistry.class)
                                    .get("consumer.running")
                                    .tag("topic", "dead_letters")
                                    .gauge()
                                    .value()
                            == 0);
            assertThat(app.count("console.parked")).isLessThan(60);
        }
    }

    /** There is no story that it could belong to, whatever topic it comes on. */
    @Test
    void whatNamesNoOrderIsHeardAndKeptNowhere() {
        var order = UUID.randomUUID();
        var nobodys = Sagas.confirmed(NO_ORDER);
        double dead = heard("dead_letters");
        double said = heard("order_events") + heard("payment_events") + heard("inventory_events");
        place.write(nobodys);
        place.write(List.of(parked(NO_ORDER), parked(order)));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(console.count("console.chapter where order_id = ?", order))
                        .isEqualTo(1));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(heard("dead_letters")).isGreaterThanOrEqualTo(dead + 2));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        heard("order_events") + heard("payment_events") + heard("inventory_events"))
                .isEqualTo(said + nobodys.size()));
        assertThat(console.count("console.story where order_id = ?", NO_ORDER)).isZero();
        assertThat(console.count("console.parked where order_id = ?", NO_ORDER)).isZero();
    }

    private static double heard(String topic) {
        return console.get(MeterRegistry.class)
                .get("inbox.handled")
                .tag("topic", topic)
                .counter()
                .count();
    }

    private static Told parked(UUID order) {
        return new Told(new EventParked(
                order, Instant.now(), "orders", UUID.randomUUID(), "payment_events", 0, 1, "FAILED", "0".repeat(64)));
    }

    private static String text(Told told) {
        return new EventCodec().encode(new Envelope(told.id(), 1, told.event()));
    }
}
