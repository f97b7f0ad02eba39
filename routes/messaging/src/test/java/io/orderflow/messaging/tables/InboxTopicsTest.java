package io.orderflow.messaging.tables;

import static io.orderflow.contracts.Role.INVENTORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.f4b6a3.uuid.UuidCreator;
import io.orderflow.messaging.counter.Schemas;
import io.orderflow.messaging.schema.Migrations;
import io.orderflow.messaging.tables.Inbox.Answer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** An event is known by its topic and its id, also beside a version that knew ids alone. */
class InboxTopicsTest {

    private static final DriverManagerDataSource DATABASE = Schemas.fresh(INVENTORY);

    /** Of 0.1.0, for an id of today. */
    private static final String OF_BEFORE = """
            insert into inventory.inbox (day, event_id, sha256)
            select (now() at time zone 'UTC')::date, ?, ?
            on conflict do nothing
            returning event_id""";

    private final JdbcTemplate jdbc = new JdbcTemplate(DATABASE);
    private final Inbox inbox = new Inbox(jdbc, INVENTORY, Duration.ofDays(15));
    private final UUID id = UuidCreator.getTimeOrderedEpoch();

    @BeforeEach
    void days() {
        inbox.keepDays();
    }

    @Test
    void twoWritersMayUseOneId() {
        assertThat(receive("order_events", "a")).containsExactly(Answer.FRESH);
        assertThat(receive("payment_events", "b")).containsExactly(Answer.FRESH);
        assertThat(receive("inventory_events", "a")).containsExactly(Answer.FRESH);

        assertThat(receive("order_events", "a", "b")).containsExactly(Answer.DUPLICATE, Answer.ANOTHER);
        assertThat(receive("payment_events", "b", "a")).containsExactly(Answer.DUPLICATE, Answer.ANOTHER);
        assertThat(receive("inventory_events", "a", "b")).containsExactly(Answer.DUPLICATE, Answer.ANOTHER);
    }

    @Test
    void aNamesakeIsKnownForAsLongAsAnyEvent() {
        receive("order_events", "a");
        receive("payment_events", "b");

        jdbc.update("delete from inventory.inbox where event_id = ?", id);
        assertThat(receive("payment_events", "b")).containsExactly(Answer.DUPLICATE);
        jdbc.update("update inventory.inbox_namesake set received_at = now() - interval '14 days'");
        inbox.keepDays();
        assertThat(receive("payment_events", "b")).containsExactly(Answer.DUPLICATE);

        jdbc.update("update inventory.inbox_namesake set received_at = now() - interval '16 days'");
        inbox.keepDays();
        assertThat(receive("payment_events", "b")).containsExactly(Answer.FRESH);
    }

    @Test
    void ofTwoThatComeAtOnceOneIsNew() {
        receive("order_events", "a");

        var answers = Stream.generate(() -> CompletableFuture.supplyAsync(() -> receive("payment_events", "b")[0]))
                .limit(8)
                .toList();

        assertThat(answers.stream().map(CompletableFuture::join).filter(Answer.FRESH::equals))
                .hasSize(1);
    }

    @Test
    void whatTheVersionBeforeNotedCountsForEveryTopic() {
        assertThat(noted("a")).isTrue();

        for (var topic : List.of("order_events", "payment_events")) {
            assertThat(receive(topic, "a")).containsExactly(Answer.DUPLICATE);
            assertThat(receive(topic, "b")).containsExactly(Answer.ANOTHER);
        }
    }

    @Test
    void theVersionBeforeKnowsWhatThisOneNoted() {
        receive("order_events", "a");
        receive("payment_events", "b");

        assertThat(noted("a")).isFalse();
        assertThat(jdbc.queryForList("select sha256 from inventory.inbox where event_id = ?", byte[].class, id))
                .singleElement()
                .isEqualTo(bytes("bytes of a"));
    }

    @Test
    void oneThatSaysTheSameIsTheSame() {
        inbox.receive("order_events", List.of(new Inbox.Entry(id, bytes("1"), bytes("said"))));

        assertThat(inbox.receive(
                        "order_events",
                        List.of(
                                new Inbox.Entry(id, bytes("2"), bytes("said")),
                                new Inbox.Entry(id, bytes("1"), null),
                                new Inbox.Entry(id, bytes("2"), bytes("other")),
                                new Inbox.Entry(id, bytes("2"), null))))
                .containsExactly(Answer.DUPLICATE, Answer.DUPLICATE, Answer.ANOTHER, Answer.ANOTHER);
    }

    @Test
    void theUpgradeGivesWayToWhoeverUsesTheInbox() throws Exception {
        var database = Schemas.fresh(INVENTORY);
        var before = new JdbcTemplate(database);
        before.execute("""
                set role inventory_migrator;
                delete from inventory.migrations_messaging where version::integer >= 9;
                drop table inventory.inbox_namesake, inventory.release_event, inventory.release;
                drop index inventory.parked_by_time, inventory.parked_by_key, inventory.parked_by_order,
                    inventory.parked_by_topic, inventory.parked_by_reason, inventory.audit_by_time,
                    inventory.audit_by_caller, inventory.audit_by_action, inventory.audit_by_target;
                alter table inventory.parked drop column event_type, drop column stack, drop column tried_at,
                    drop column error_class, drop column error_group;
                drop function inventory.without_values;
                alter table inventory.audit drop column was, drop column became;
                alter table inventory.inbox drop column topic, drop column said;
                reset role""");
        before.queryForList(OF_BEFORE, UUID.class, id, bytes("bytes of a"));
        try (var busy = database.getConnection();
                var statement = busy.createStatement()) {
            busy.setAutoCommit(false);
            statement.execute("select from inventory.inbox");
            var upgrade = CompletableFuture.runAsync(() -> Migrations.migrate(database, INVENTORY, List.of()));
            await().atMost(Duration.ofMinutes(1)).until(() -> before.queryForObject("""
                    select exists (select from pg_locks
                    where not granted and relation = 'inventory.inbox'::regclass)""", Boolean.class));

            before.execute("""
                    set lock_timeout = '10s';
                    insert into inventory.inbox (day, event_id, sha256) values (current_date, gen_random_uuid(), '')""");
            assertThat(upgrade).isNotDone();
            busy.rollback();
            assertThat(upgrade).succeedsWithin(Duration.ofMinutes(1));
        }
        assertThat(new Inbox(before, INVENTORY, Duration.ofDays(15))
                        .receive("order_events", List.of(new Inbox.Entry(id, bytes("bytes of a"), null))))
                .containsExactly(Answer.DUPLICATE);
    }

    /** As a batch of events with this id, which say these words. */
    private Answer[] receive(String topic, String... words) {
        return inbox.receive(
                topic,
                Arrays.stream(words)
                        .map(word -> new Inbox.Entry(id, bytes("bytes of " + word), bytes(word)))
                        .toList());
    }

    private boolean noted(String word) {
        return !jdbc.queryForList(OF_BEFORE, UUID.class, id, bytes("bytes of " + word))
                .isEmpty();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
