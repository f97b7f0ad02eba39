package io.orderflow.e2e.asyncapi;

import static io.orderflow.contracts.Topology.ORDER_EVENTS;
import static io.orderflow.e2e.shop.OrderForm.anOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.e2e.shop.OwnProcess;
import io.orderflow.e2e.shop.Shop;
import io.orderflow.e2e.shop.Site;
import io.orderflow.testkit.Postgres.Database;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** {@code docs/examples/reader.java} as somebody runs it who has nothing of ours: it loses nothing and counts once. */
class ReaderExampleTest {

    private static final Path EXAMPLES = Path.of("../../docs/examples");

    private static Shop shop;

    private final String group = "turnover-" + UUID.randomUUID();
    private final Database database = shop.site().postgres().freshForeignDatabase();
    private final List<Process> readers = new ArrayList<>();
    private Path log;
    private SingleConnectionDataSource connection;
    private JdbcTemplate sql;

    @BeforeAll
    static void openShop() {
        shop = Shop.at(Site.fresh());
    }

    @AfterAll
    static void closeShop() {
        shop.close();
    }

    @BeforeEach
    void open() throws IOException {
        connection = new SingleConnectionDataSource(database.url(), database.user(), "", true);
        sql = new JdbcTemplate(connection);
        sql.execute(Files.readString(EXAMPLES.resolve("reader.sql")));
    }

    @AfterEach
    void close() {
        readers.forEach(Process::destroyForcibly);
        connection.destroy();
    }

    @Test
    void whatComesAgainCountsOnceAndWhatIsNotUnderstoodIsSetAside() throws Exception {
        var mug = shop.stocks(3);
        var declined = shop.places(anOrder().of(1, mug).paidWith("tok_declined"));
        var first = confirmed(shop.places(anOrder().of(1, mug)));
        shop.eventually(declined).isCancelled("PAYMENT_DECLINED", "DECLINED");
        var stranger = UUID.randomUUID();
        says(stranger, "no JSON");
        says(stranger, event(stranger, "OrderPainted", 1));
        says(stranger, event(stranger, "OrderConfirmed", 2));
        says(stranger, "5");
        says(stranger, free(stranger));

        var reader = reads(group);
        eventuallyHas(first);
        assertThat(counted("turnover where order_id = ?", declined)).isZero();
        await().atMost(Shop.PATIENCE).untilAsserted(() -> assertThat(sql.queryForList(
                        "select convert_from(value, 'UTF8') from set_aside order by value", String.class))
                .filteredOn(value -> value.matches("no JSON|5") || value.contains(stranger.toString()))
                .containsExactlyInAnyOrder("no JSON", "5", free(stranger), event(stranger, "OrderConfirmed", 2)));
        eventuallyCommitted();
        reader.destroyForcibly().waitFor();

        // Another group has no position, so that everything comes once more.
        reads(group + "-again");
        var second = confirmed(shop.places(anOrder().of(1, mug)));
        eventuallyHas(second);
        assertThat(counted("turnover where order_id = ?", first)).isEqualTo(1);
        assertThat(counted("set_aside where convert_from(value, 'UTF8') = ?", event(stranger, "OrderConfirmed", 2)))
                .isEqualTo(1);
    }

    @Test
    void aReaderThatIsKilledBeforeItsWorkIsStoredDoesItAgain() throws Exception {
        sql.execute("""
                create function waits() returns trigger language plpgsql as
                    $$ begin perform pg_advisory_xact_lock(1); return null; end $$;
                create constraint trigger waits after insert on turnover deferrable initially deferred
                    for each row execute function waits()""");
        sql.execute("select pg_advisory_lock(1)");
        var order = confirmed(shop.places(anOrder().of(1, shop.stocks(1))));
        var reader = reads(group);
        await().atMost(Shop.PATIENCE).until(() -> atCommit() == 1);

        reader.destroyForcibly().waitFor();
        sql.queryForList("""
                select pg_terminate_backend(pid, 10000) from pg_stat_activity
                where datname = current_database() and wait_event = 'advisory'""");
        sql.execute("select pg_advisory_unlock(1)");
        assertThat(counted("turnover where order_id = ?", order)).isZero();
        forgetsMembers();

        reads(group);
        eventuallyHas(order);
        eventuallyCommitted();
    }

    /** How many readers have done their work and not stored it. */
    private int atCommit() {
        return sql.queryForObject("""
                select count(*) from pg_stat_activity
                where datname = current_database() and wait_event = 'advisory'""", Integer.class);
    }

    private UUID confirmed(UUID order) {
        shop.eventually(order).isConfirmed();
        return order;
    }

    private void says(UUID order, String value) {
        shop.writes(ORDER_EVENTS.topic(), order.toString(), value.getBytes(StandardCharsets.UTF_8));
    }

    private static String event(UUID order, String type, int version) {
        return """
                {"event_id": "%1$s", "event_type": "%2$s", "event_version": %3$d, "occurred_at": "2026-12-01T00:00:00Z", \
                "order_id": "%1$s", "sequence": 1, "payload": {"total": {"amount_minor": 1, "currency": "EUR"}}}""".formatted(order, type, version);
    }

    /** A total that is not there is none of nothing. */
    private static String free(UUID order) {
        return event(order, "OrderConfirmed", 1).replace("\"amount_minor\": 1, ", "");
    }

    private Process reads(String as) throws IOException {
        log = Files.createTempFile(Files.createDirectories(Path.of("target/children")), "reader-", ".log");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        OwnProcess.classPath(),
                        EXAMPLES.resolve("reader.java").toString(),
                        shop.site().broker().address(),
                        as,
                        shop.site().topic(ORDER_EVENTS.topic()),
                        database.url() + "?user=" + database.user())
                .redirectErrorStream(true)
                .redirectOutput(new File(log.toString()))
                .start();
        readers.add(process);
        return process;
    }

    private void eventuallyHas(UUID order) {
        await().atMost(Shop.PATIENCE)
                .failFast("the reader ended", () -> assertThat(readers.getLast().isAlive())
                        .as(Files.readString(log))
                        .isTrue())
                .untilAsserted(() -> assertThat(counted("turnover where amount_minor = 1290 and order_id = ?", order))
                        .isEqualTo(1));
    }

    private int counted(String what, Object value) {
        return sql.queryForObject("select count(*) from " + what, Integer.class, value);
    }

    /** The group's position is the end of the topic. */
    private void eventuallyCommitted() {
        try (var admin = admin()) {
            await().atMost(Shop.PATIENCE).untilAsserted(() -> {
                Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                        .partitionsToOffsetAndMetadata()
                        .get();
                assertThat(committed).isNotEmpty();
                Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
                committed.keySet().forEach(partition -> asked.put(partition, OffsetSpec.latest()));
                Map<TopicPartition, ListOffsetsResultInfo> ends =
                        admin.listOffsets(asked).all().get();
                ends.forEach((partition, end) ->
                        assertThat(committed.get(partition).offset()).isEqualTo(end.offset()));
            });
        }
    }

    /** Those that were killed: the group would wait for them. */
    private void forgetsMembers() throws Exception {
        try (var admin = admin()) {
            admin.removeMembersFromConsumerGroup(group, new RemoveMembersFromConsumerGroupOptions())
                    .all()
                    .get();
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", shop.site().broker().address()));
    }
}
