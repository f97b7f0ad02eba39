package io.orderflow.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.console.ConsoleApp.Place;
import io.orderflow.contracts.Role;
import io.orderflow.messaging.Parking;
import io.orderflow.testkit.Postgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stories told anew, out of what the topics hold. */
class RebuildTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String ASK = "{\"reason\":\"a table was lost\"}";

    private Place place;
    private int events;

    @BeforeEach
    void ordersAreTold() {
        place = Place.fresh();
        var all = new ArrayList<ConsoleApp.Told>();
        for (int i = 0; i < 15; i++) {
            var order = UUID.randomUUID();
            all.addAll(i % 3 == 0 ? Sagas.refunded(order) : i % 3 == 1 ? Sagas.confirmed(order) : Sagas.pending(order));
        }
        place.write(all);
        place.write(all.subList(0, 10));
        place.writeRaw("order_events", UUID.randomUUID().toString(), "no event");
        events = all.size();
    }

    @Test
    void whatWasLostIsTheSameAgain() throws Exception {
        try (var console = new ConsoleApp(place)) {
            heard(console);
            var before = console.told();
            place.asSuperuser("truncate console.story, console.chapter");
            assertThat(console.told()).isEmpty();

            assertThat(last(console).isMissingNode()).isTrue();
            var asked = console.post("/ops/orders/rebuilds", ASK);

            assertThat(asked.statusCode()).as(asked.body()).isEqualTo(202);
            assertThat(ended(console).at("/events").asInt()).isEqualTo(events + 11);
            assertThat(last(console).at("/failed").asInt()).isZero();
            assertThat(console.told()).isEqualTo(before);
            assertThat(console.count("console.chapter where read_at is not null"))
                    .as("nobody knows any more when they were read first")
                    .isZero();
            assertThat(console.count("console.audit where action = 'console.take-rebuild' and result = 'DONE'"
                            + " and reason = 'a table was lost'"))
                    .isEqualTo(1);
        }
    }

    @Test
    void whatIsWrongIsMendedAndWhatIsRightIsLeftAlone() throws Exception {
        try (var console = new ConsoleApp(place)) {
            heard(console);
            var before = console.told();
            var read = console.count("console.chapter where read_at is not null");
            place.asSuperuser("update console.chapter set reason = 'nonsense', amount_minor = 1"
                    + " where event_type = 'OrderCancelled'");
            place.asSuperuser("update console.story set state = 'PENDING' where state <> 'PENDING'");
            place.asSuperuser("insert into console.story (order_id, state, began_at)"
                    + " values (gen_random_uuid(), 'CONFIRMED', now() - interval '30 days')");

            console.post("/ops/orders/rebuilds", ASK);
            ended(console);

            assertThat(console.told()).isEqualTo(before);
            assertThat(console.count("console.chapter where read_at is not null"))
                    .isEqualTo(read);
            assertThat(console.count("console.story where began_at < now() - interval '29 days'"))
                    .as("what the topics hold no more stays")
                    .isEqualTo(1);
        }
    }

    @Test
    void anInstanceThatDiesLeavesItToAnother() throws Exception {
        var first = new ConsoleApp(place, "orderflow.messaging.work-lease=2s");
        heard(first);
        var before = first.told();
        place.asSuperuser("truncate console.story, console.chapter");
        try (var connection = Postgres.shared().connect(place.database().name());
                var sql = connection.createStatement()) {
            connection.setAutoCommit(false);
            sql.execute("lock table console.chapter in access exclusive mode");
            assertThat(first.post("/ops/orders/rebuilds", ASK).statusCode()).isEqualTo(202);
            await().atMost(PATIENCE).until(() -> first.count("console.work where attempts > 0") == 1);
            var second = first.post("/ops/orders/rebuilds", ASK);
            assertThat(second.statusCode()).as("one at a time").isEqualTo(409);
            first.close();
            connection.rollback();
        }
        try (var other = new ConsoleApp(place, "orderflow.messaging.work-lease=2s")) {
            assertThat(ended(other).at("/events").asInt()).isEqualTo(events + 11);
            assertThat(other.told()).isEqualTo(before);
        }
    }

    /** Nothing but the topics counts. */
    @Test
    void anEventThatWasDiscardedHereIsToldAllTheSame() throws Exception {
        var order = UUID.randomUUID();
        try (var console = new ConsoleApp(place)) {
            place.asSuperuser("""
                    create function refuses() returns trigger language plpgsql as
                        $$ begin raise exception 'broken for a test'; end $$;
                    create trigger refuses before insert on console.chapter for each row
                        when (new.order_id = '%s' and new.topic = 'order_events')
                        execute function refuses()""".formatted(order));
            place.write(Sagas.pending(order));
            await().atMost(PATIENCE)
                    .until(() -> console.count("console.parked where order_id = ? and reason = 'FAILED'", order) == 1);
            place.asSuperuser("drop function refuses cascade");
            var parked =
                    console.sql().queryForObject("select id from console.parked where order_id = ?", UUID.class, order);
            assertThat(console.get(Parking.class).discard(Role.CONSOLE, parked)).isEqualTo(Parking.Result.DISCARDED);
            assertThat(created(console, order)).isZero();

            console.post("/ops/orders/rebuilds", ASK);
            ended(console);

            assertThat(created(console, order)).isEqualTo(1);
        }
    }

    private static long created(ConsoleApp console, UUID order) {
        return console.count("console.chapter where order_id = ? and event_type = 'OrderCreated'", order);
    }

    @Test
    void aRebuildNeedsAReason() {
        try (var console = new ConsoleApp(place)) {
            assertThat(console.post("/ops/orders/rebuilds", "{\"reason\":\" \"}")
                            .statusCode())
                    .isEqualTo(422);
            assertThat(console.post("/ops/orders/rebuilds", "{}").statusCode()).isEqualTo(400);
            assertThat(console.count("console.rebuild")).isZero();
        }
    }

    /** What console has parked is said on dead_letters, and heard. */
    private void heard(ConsoleApp console) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(console.count("console.chapter"))
                .isEqualTo(events + 1));
    }

    private static JsonNode ended(ConsoleApp console) throws Exception {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(last(console).at("/ended_at").isTextual()).isTrue());
        return last(console);
    }

    private static JsonNode last(ConsoleApp console) throws Exception {
        return JSON.readTree(console.get("/ops/orders/rebuilds").body()).at("/items/0");
    }
}
