package io.orderflow.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.console.ConsoleApp.Place;
import io.orderflow.console.ConsoleApp.Told;
import io.orderflow.contracts.EventParked;
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
    void theStoryOfWhatIsParkedIsToldAndItsOwnReaderParksNoneOfIt() throws Exception {
        var order = UUID.randomUUID();
        var passedOver = missed();
        place.writeRaw("dead_letters", order.toString(), "no dead letter");
        place.writeRaw("dead_letters", null, "nobody's");
        place.writeRaw("order_events", order.toString(), "no event");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(console.count(
                        "console.chapter where order_id = ? and source = 'console' and event_type = 'EventParked'"
                                + " and reason = 'UNREADABLE' and park_id is not null and about like 'order_events-%'",
                        order))
                .isEqualTo(1));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(missed()).isEqualTo(passedOver + 2));
        assertThat(console.count("console.parked where topic = 'dead_letters'")).isZero();
        assertThat(place.read("dead_letters"))
                .filteredOn(value -> value.contains(order.toString()))
                .as("of the event, and of no dead letter")
                .singleElement()
                .asString()
                .contains("\"topic\":\"order_events\"");
        assertThat(JSON.readTree(console.get("/ops/orders/" + order + "/story").body())
                        .at("/settled")
                        .asBoolean())
                .isTrue();
    }

    /** It is tried as often as any other, and given up. */
    @Test
    void aDeadLetterThatFailsIsPassedOverAndTheNextIsHeard() throws Exception {
        var order = UUID.randomUUID();
        var passedOver = missed();
        place.asSuperuser("""
                create function refuses() returns trigger language plpgsql as
                    $$ begin raise exception 'broken for a test'; end $$;
                create trigger refuses before insert on console.chapter
                    for each row when (new.order_id = '%s') execute function refuses()""".formatted(order));
        try {
            place.write(List.of(parked(order)));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(missed()).isEqualTo(passedOver + 1));
        } finally {
            place.asSuperuser("drop function refuses cascade");
        }
        place.write(List.of(parked(order)));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(console.count("console.chapter where order_id = ?", order))
                        .isEqualTo(1));
        assertThat(console.count("console.parked where topic = 'dead_letters'")).isZero();
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
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
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

    private static double missed() {
        return console.get(MeterRegistry.class)
                .get("inbox.missed")
                .tags("role", "console", "topic", "dead_letters")
                .counter()
                .count();
    }
}
