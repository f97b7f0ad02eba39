package io.orderflow.messaging.watch;

import static io.orderflow.contracts.Role.INVENTORY;
import static io.orderflow.contracts.Role.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.contracts.StockReleased;
import io.orderflow.contracts.Topology;
import io.orderflow.messaging.Outages;
import io.orderflow.messaging.Parking;
import io.orderflow.messaging.Releases;
import io.orderflow.messaging.Releases.Release;
import io.orderflow.messaging.Releases.Step;
import io.orderflow.messaging.Retention;
import io.orderflow.messaging.counter.CounterApp;
import io.orderflow.messaging.counter.Schemas;
import io.orderflow.messaging.tables.Announced;
import io.orderflow.messaging.tables.EventCodec;
import io.orderflow.messaging.tables.Inbox;
import io.orderflow.messaging.tables.JdbcLeases;
import io.orderflow.messaging.tables.Outbox;
import io.orderflow.messaging.tables.ParkedRows;
import io.orderflow.messaging.tables.Tables;
import io.orderflow.messaging.tables.WorkRows;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is old goes, what is young stays, and one of two instances sees to it. */
class HousekeepingTest {

    private static final DataSource DATABASE = Schemas.fresh(INVENTORY);
    private static final JdbcTemplate JDBC = new JdbcTemplate(DATABASE);
    private static final Duration WINDOW = Duration.ofDays(7);
    private static final Duration SEASON = Duration.ofDays(90);
    private static final Outbox OUTBOX = new Outbox(JDBC, INVENTORY, new EventCodec(), 900_000);

    private static final Retention BROKEN =
            new Retention(INVENTORY, "what is not there", Duration.ofDays(1), "delete from nowhere where ? = ?");
    private static final Retention EFFECTS = new Retention(INVENTORY, "effects", Duration.ofDays(10), """
            delete from inventory.effect where order_id in (
                select order_id from inventory.effect where at < ? limit ?)""");
    private static final Retention OF_ANOTHER =
            new Retention(ORDERS, "effects", Duration.ZERO, "delete from inventory.effect where at < ? and ? > 0");

    private final Housekeeping one = instance(Clock.systemUTC());
    private final Housekeeping other = instance(Clock.systemUTC());

    private static Housekeeping instance(Clock clock) {
        return instance(clock, id -> Parking.Result.FAILED_AGAIN);
    }

    private static Housekeeping instance(Clock clock, Function<UUID, Parking.Result> release) {
        var tables = new Tables(
                INVENTORY,
                new Inbox(JDBC, INVENTORY, Duration.ofDays(15)),
                OUTBOX,
                new WorkRows(JDBC, INVENTORY),
                new ParkedRows(JDBC, INVENTORY));
        return new Housekeeping(
                tables,
                new JdbcLeases(JDBC),
                JDBC,
                new ClockWatch(JDBC, clock),
                new Outages(() -> {}, () -> {}),
                WINDOW,
                SEASON,
                List.of(Topology.ORDER_EVENTS, Topology.ORDER_CONTACTS),
                Duration.ofDays(400),
                List.of(BROKEN, EFFECTS, OF_ANOTHER),
                release);
    }

    @BeforeEach
    void forgetEverything() {
        for (var table :
                List.of("lease", "effect", "parked", "release", "outbox", "outbox_sequence", "inbox_undated")) {
            JDBC.update("delete from inventory." + table);
        }
    }

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    @Test
    void theRunningInstanceForgetsWhatIsOldAlthoughOneOfItsTasksFails() {
        effects(11, 6_000);
        effects(9, 1);
        parked("RELEASED", 91);
        parked("RELEASED", 89);
        parked("PARKED", 400);
        undated(16);
        undated(14);
        audited(401);
        audited(399);
        released(91);
        released(89);

        one.start();

        await().until(() -> count("effect") == 1);
        assertThat(count("parked where state = 'PARKED'")).isEqualTo(1);
        assertThat(count("parked where state = 'RELEASED'")).isEqualTo(1);
        assertThat(count("release where what = 'housekeeping'")).isEqualTo(1);
        assertThat(count("inbox_undated")).isEqualTo(1);
        assertThat(count("audit where caller = 'housekeeping'")).isEqualTo(1);
        assertThat(count("inbox_" + JDBC.queryForObject("select to_char(current_date + 3, 'YYYYMMDD')", String.class)))
                .isZero();
    }

    @Test
    void aReleaseThatIsPausedIsStoppedWhenItsEventsAreTooLate() {
        var releases = new ParkedRows(JDBC, INVENTORY).releases();
        var forgotten = open(100);
        var paused = open(100);
        var waits = open(100);
        for (var release : List.of(forgotten, paused)) {
            assertThat(releases.take(release, Step.PAUSE)).isTrue();
        }
        JDBC.update("update inventory.release set due_at = due_at - interval '8 days' where id = ?", forgotten);
        JDBC.update("update inventory.release set due_at = due_at - interval '6 days' where id = ?", paused);

        one.runIfNobodyElseDoes();

        assertThat(releases.lists().find(forgotten).orElseThrow())
                .returns(Releases.State.STOPPED, Release::state)
                .satisfies(release -> assertThat(release.endedAt()).isAfter(release.createdAt()));
        assertThat(releases.lists().find(paused).orElseThrow().state()).isEqualTo(Releases.State.PAUSED);
        assertThat(releases.take(paused, Step.RESUME)).isTrue();
        assertThat(count("release where state = 'OPEN' and id = '" + waits + "'"))
                .isEqualTo(1);
    }

    @Test
    void whatCanBeErasedIsNotParkedForEver() {
        parked("PARKED", 91);
        parked("DISCARDED", 1);
        JDBC.update("update inventory.parked set topic = 'order_contacts', value = '{}'");
        parked("PARKED", 91);
        JDBC.update("update inventory.parked set value = '{}' where topic = 'order_events'");

        one.runIfNobodyElseDoes();

        assertThat(count("parked where topic = 'order_contacts' and state = 'DISCARDED' and value is null"))
                .isEqualTo(2);
        assertThat(count("parked where topic = 'order_events' and state = 'PARKED' and value is not null"))
                .isEqualTo(1);
    }

    @Test
    void anErasureThatFailsStaysUntilItTakesEffect() {
        parked("PARKED", 91);
        JDBC.update("update inventory.parked set value = '{}'");
        parked("PARKED", 91);
        JDBC.update("update inventory.parked set topic = 'order_contacts'");

        one.runIfNobodyElseDoes();

        assertThat(count("parked where state = 'DISCARDED'")).isEqualTo(1);
        assertThat(count("parked where state = 'PARKED' and value is null")).isEqualTo(1);
    }

    /** One of the JVM's, after which the thread would do nothing any more. */
    @Test
    void anErrorInOneTaskKeepsNoOtherFromItsWork() {
        effects(11, 1);
        parked("PARKED", 1);
        JDBC.update("update inventory.parked set topic = 'order_contacts'");
        try (var failing = instance(Clock.systemUTC(), erasure -> {
            throw new StackOverflowError("deep");
        })) {
            failing.start();

            await().until(() -> count("effect") == 0);
        }
    }

    @Test
    void oneOfTwoInstancesDoesItUntilItsLeaseIsOver() {
        assertThat(one.runIfNobodyElseDoes()).isTrue();
        effects(11, 1);

        assertThat(other.runIfNobodyElseDoes()).isFalse();
        assertThat(count("effect")).isEqualTo(1);

        JDBC.update("update inventory.lease set until = now() - interval '1 second'");
        assertThat(other.runIfNobodyElseDoes()).isTrue();
        assertThat(count("effect")).isZero();
        assertThat(one.runIfNobodyElseDoes()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(longs = {9 * 24 * 3600, 61, -61, -9 * 24 * 3600})
    void whoseClockIsWrongForgetsNothingAndLeavesItToOthers(long ahead) {
        effects(11, 1);
        try (var wrong = instance(Clock.offset(Clock.systemUTC(), Duration.ofSeconds(ahead)))) {
            assertThat(wrong.runIfNobodyElseDoes()).isFalse();
        }
        assertThat(count("effect")).isEqualTo(1);

        assertThat(one.runIfNobodyElseDoes()).isTrue();
        assertThat(count("effect")).isZero();
    }

    @Test
    void anOrderThatSpokeLatelyGoesOnCountingHoweverLongAgoItBegan() {
        var silent = UUID.randomUUID();
        var late = UUID.randomUUID();
        for (var order : List.of(silent, late)) {
            assertThat(says(order)).isEqualTo(1);
        }
        JDBC.update("update inventory.outbox_sequence set started_at = now() - interval '200 days',"
                + " last_at = now() - interval '91 days'");
        assertThat(says(late)).isEqualTo(2);
        JDBC.update("delete from inventory.outbox");

        one.runIfNobodyElseDoes();

        assertThat(says(late)).isEqualTo(3);
        assertThat(says(silent)).as("nobody has spoken of it for a season").isEqualTo(1);
    }

    /** The number that an event of this order gets. */
    private static long says(UUID order) {
        var row = OUTBOX.store(List.of(new Announced(
                        Topology.INVENTORY_EVENTS, new StockReleased(order, CounterApp.now(), List.of()), null)))
                .rows()
                .getFirst();
        return JDBC.queryForObject(
                "select sequence from inventory.outbox where position = ?", Long.class, row.position());
    }

    private static void effects(int daysAgo, int count) {
        JDBC.update(
                "insert into inventory.effect select gen_random_uuid(), 'any', now() - make_interval(days => ?)"
                        + " from generate_series(1, ?)",
                daysAgo,
                count);
    }

    private static void parked(String state, int daysAgo) {
        JDBC.update("""
                insert into inventory.parked (id, topic, partition, "offset", key, headers, sha256, reason, error, attempts, state, parked_at, settled_at)
                select id, 'order_events', 0, 0, 'key', '[]', decode(md5(id::text), 'hex'), 'FAILED', 'any', 3, ?, past, past
                from (select gen_random_uuid() as id, now() - make_interval(days => ?) as past)""", state, daysAgo);
    }

    private static void undated(int daysAgo) {
        JDBC.update(
                "insert into inventory.inbox (day, event_id, sha256, received_at)"
                        + " values ('1970-01-01', gen_random_uuid(), '', now() - make_interval(days => ?))",
                daysAgo);
    }

    private static void released(int days) {
        JDBC.update("""
                insert into inventory.release (id, action, what, caller, reason, call, state, per_minute, chosen_before, ended_at)
                values (gen_random_uuid(), 'RELEASE', 'housekeeping', 'eve', 'why', gen_random_uuid(), 'DONE', 600, now(),
                    now() - make_interval(days => ?))""", days);
    }

    private static UUID open(int daysAgo) {
        return JDBC.queryForObject("""
                insert into inventory.release (
                    id, action, what, caller, reason, call, per_minute, chosen_before, created_at, due_at)
                select gen_random_uuid(), 'DISCARD', 'open', 'eve', 'why', gen_random_uuid(), 600, past, past, past
                from (select now() - make_interval(days => ?) as past) long_ago
                returning id""", UUID.class, daysAgo);
    }

    private static void audited(int daysAgo) {
        JDBC.update(
                "insert into inventory.audit (id, at, caller, roles, action, target, result)"
                        + " values (gen_random_uuid(), now() - make_interval(days => ?), 'housekeeping', '', '', '', '')",
                daysAgo);
    }

    private static long count(String what) {
        return JDBC.queryForObject("select count(*) from inventory." + what, Long.class);
    }
}
