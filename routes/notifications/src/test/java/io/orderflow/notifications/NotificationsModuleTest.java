package io.orderflow.notifications;

import static io.orderflow.contracts.Role.NOTIFICATIONS;
import static io.orderflow.contracts.Topology.ORDER_CONTACTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.contracts.CancellationReason;
import io.orderflow.contracts.ContactErased;
import io.orderflow.contracts.Money;
import io.orderflow.contracts.OrderConfirmed;
import io.orderflow.contracts.OrderContact;
import io.orderflow.contracts.Topology;
import io.orderflow.messaging.KeptOfOrder;
import io.orderflow.messaging.Leases;
import io.orderflow.messaging.Parking;
import io.orderflow.messaging.Retention;
import io.orderflow.messaging.assembly.MessagingModule;
import io.orderflow.messaging.flow.Backbones;
import io.orderflow.messaging.watch.ClockWatch;
import io.orderflow.messaging.watch.Housekeeping;
import io.orderflow.testkit.Broker;
import io.orderflow.testkit.Postgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Route;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.support.TransactionTemplate;

/** Notifications wired as an application wires it: the real backbone, a real broker, database and mail server. */
@CamelSpringBootTest
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {"camel.main.run-controller=false"})
class NotificationsModuleTest {

    private static final String PREFIX = "t" + UUID.randomUUID() + "-";
    private static final Instant AT = Instant.parse("2026-11-23T12:00:00Z");
    private static final ScriptedMailServer SERVER = start();

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({MessagingModule.class, NotificationsModule.class})
    static class Application {}

    @DynamicPropertySource
    static void place(DynamicPropertyRegistry settings) {
        Broker.shared().createTopics(Topology.ORDERFLOW, PREFIX, 1);
        var database = Postgres.shared().freshDatabase();
        settings.add("spring.datasource.url", database::url);
        settings.add("spring.datasource.username", database::user);
        settings.add("orderflow.messaging.brokers", Broker.shared()::address);
        settings.add("orderflow.messaging.prefix", () -> PREFIX);
        settings.add("orderflow.notifications.smtp-port", SERVER::port);
    }

    private static ScriptedMailServer start() {
        try {
            return new ScriptedMailServer();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterAll
    static void stop() throws IOException {
        SERVER.close();
    }

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private CamelContext camel;

    @Autowired
    private ProducerTemplate producer;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private NoticeRows rows;

    @Autowired
    private KeptOfOrder mailsOfOrder;

    @Autowired
    private List<Retention> retentions;

    @Autowired
    private Backbones backbones;

    @Autowired
    private Leases leases;

    @Autowired
    private ClockWatch clock;

    @Autowired
    private Parking parking;

    @Autowired
    private TransactionTemplate transactions;

    private final UUID order = UUID.randomUUID();

    @BeforeEach
    void forgetAll() {
        jdbc.update("delete from notifications.mail");
        jdbc.update("delete from notifications.recipient");
    }

    @Test
    void showsHowLongMailsWaitForTheirAddress() {
        jdbc.update("insert into notifications.recipient (order_id) values (gen_random_uuid())");
        jdbc.update("insert into notifications.mail (order_id, outcome, state, happened_at, waiting_since)"
                + " select order_id, 'CONFIRMED', 'WAITING', now(), now() - interval '2 hours' from notifications.recipient"
                + " order by created_at desc limit 1");

        await().until(() -> oldestWaiting() >= 7_200);
        jdbc.update("delete from notifications.mail where state = 'WAITING'");
        await().until(() -> oldestWaiting() == 0);
    }

    private double oldestWaiting() {
        return meters.get("notifications.waiting.oldest.age.seconds").gauge().value();
    }

    @Test
    void showsWhatBecameOfAnOrdersMailsAndNotToWhomTheyGo() {
        jdbc.update("insert into notifications.recipient values (?, 'Ada', 'ada@example.com')", order);
        jdbc.update("""
                insert into notifications.mail (order_id, outcome, state, happened_at, updated_at, in_doubt) values
                    (?, 'CANCELLED', 'SENT', now() - interval '2 hours', '2026-11-23T12:00Z', false),
                    (?, 'REFUNDED', 'UNDELIVERABLE', now(), '2026-11-23T13:00Z', true)""", order, order);

        var mails = jdbc.queryForList(mailsOfOrder.sql(), order);

        assertThat(mails)
                .extracting(mail -> mail.get("kind") + " " + mail.get("state"))
                .containsExactly("CANCELLED SENT", "REFUNDED IN_DOUBT");
        assertThat(mails.toString()).contains("2026-11-23").doesNotContain("Ada", "ada@");
        assertThat(jdbc.queryForList(mailsOfOrder.sql(), UUID.randomUUID())).isEmpty();
    }

    @Test
    void carriesAnOutcomeToTheMailServer() {
        producer.requestBody(
                "transaction:notifications.order-events", new OrderConfirmed(order, AT, new Money(2580, "EUR")));
        producer.requestBody(
                "transaction:notifications.order-contacts", new OrderContact(order, AT, "Ada", "ada@example.com"));

        await().untilAsserted(() -> assertThat(state(OrderOutcome.CONFIRMED)).isEqualTo(Mail.State.SENT));
        assertThat(SERVER.mails().stream().filter(mail -> mail.contains(order.toString())))
                .hasSize(1);
        await().untilAsserted(() -> assertThat(work()).isZero());
    }

    @Test
    void aMailThatIsPutOffWaitsInTheDatabase() throws Exception {
        SERVER.next("RCPT", "451 4.7.1 greylisted");
        producer.requestBody(
                "transaction:notifications.order-contacts", new OrderContact(order, AT, "Ada", "ada@example.com"));
        producer.requestBody(
                "transaction:notifications.order-events", new OrderConfirmed(order, AT, new Money(2580, "EUR")));

        await().untilAsserted(() -> assertThat(jdbc.queryForList(
                        "select attempts from notifications.work where order_id = ?"
                                + " and due_at > now() + interval '30 seconds' and lease is null",
                        Integer.class,
                        order))
                .containsExactly(0));
        assertThat(state(OrderOutcome.CONFIRMED)).isEqualTo(Mail.State.DUE);
        assertThat(VersionBefore.read(jdbc.queryForObject("select body from notifications.work", String.class)))
                .isEqualTo(new VersionBefore.Request(order, OrderOutcome.CONFIRMED, 1));
        jdbc.update("delete from notifications.work");
    }

    @Test
    void whoIsForgottenIsForgottenInTheDatabase() {
        producer.requestBody(
                "transaction:notifications.order-contacts", new OrderContact(order, AT, "Ada", "ada@example.com"));
        producer.requestBody("transaction:notifications.order-contacts", new ContactErased(order, AT));

        assertThat(rows.lockRecipients(List.of(order))).containsExactly(new Recipient(order, null, null, true));
        assertThat(jdbc.queryForObject(
                        "select count(*) from notifications.recipient where email is not null", Long.class))
                .isZero();
    }

    /** An earlier version parked it behind a contact that it could not handle, and a season ago. */
    @Test
    void anErasureThatIsParkedTakesEffect() {
        producer.requestBody(
                "transaction:notifications.order-contacts", new OrderContact(order, AT, "Ada", "ada@example.com"));
        park("{\"email\":\"ada@example.com\"}", "FAILED", 1);
        park(null, "FOLLOWER", 2);
        jdbc.update("insert into notifications.parked_key (topic, key) values ('order_contacts', ?)", order.toString());

        try (var housekeeping = housekeeping()) {
            housekeeping.start();

            await().untilAsserted(() -> assertThat(jdbc.queryForList("""
                            select reason || ' ' || state || case when value is null then ' gone' else ' kept' end
                            from notifications.parked where key = ? order by position""", String.class, order.toString()))
                    .containsExactly("FAILED DISCARDED gone", "FOLLOWER RELEASED gone"));
        }
        assertThat(rows.lockRecipients(List.of(order))).containsExactly(new Recipient(order, null, null, true));
        assertThat(jdbc.queryForList("select key from notifications.parked_key", String.class))
                .isEmpty();
    }

    /** A release of what is parked without holding up its order, whose key has no row but the release's own. */
    @Test
    void anErasureWaitsForAReleaseBeforeItHoldsAnything() {
        rows.lockRecipients(List.of(order));
        park("{\"email\":\"ada@example.com\"}", "NOT_UNDERSTOOD", 3);

        transactions.executeWithoutResult(release -> {
            int me = jdbc.queryForObject("select pg_backend_pid()", Integer.class);
            backbones.of(NOTIFICATIONS).tables().parked().keys().lock("order_contacts", order.toString());
            jdbc.queryForList("select id from notifications.parked where key = ? for update", order.toString());
            erases(order);
            await().until(() -> jdbc.queryForObject(
                            "select count(*) from pg_stat_activity where ? = any(pg_blocking_pids(pid))",
                            Integer.class,
                            me)
                    > 0);

            assertThat(jdbc.queryForList(
                            "select order_id from notifications.recipient where order_id = ? for update nowait",
                            UUID.class,
                            order))
                    .containsExactly(order);
            release.setRollbackOnly();
        });

        await().untilAsserted(() -> assertThat(rows.lockRecipients(List.of(order)))
                .containsExactly(new Recipient(order, null, null, true)));
        assertThat(jdbc.queryForList(
                        "select state from notifications.parked where key = ?", String.class, order.toString()))
                .containsExactly("DISCARDED");
        assertThat(jdbc.queryForList("select key from notifications.parked_key", String.class))
                .isEmpty();
    }

    private static void erases(UUID order) {
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", Broker.shared().address()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(PREFIX + "order_contacts", order.toString(), null));
        }
    }

    private Housekeeping housekeeping() {
        return new Housekeeping(
                backbones.of(NOTIFICATIONS).tables(),
                leases,
                jdbc,
                clock,
                backbones.of(NOTIFICATIONS).outages(),
                Duration.ofDays(7),
                Duration.ofDays(90),
                List.of(ORDER_CONTACTS),
                Duration.ofDays(400),
                List.of(),
                id -> parking.release(NOTIFICATIONS, id));
    }

    private void park(String value, String reason, long offset) {
        var bytes = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
        jdbc.update(
                """
                insert into notifications.parked (id, topic, partition, "offset", key, order_id, raw_key, value, headers,
                    sha256, reason, error, attempts, parked_at)
                values (gen_random_uuid(), 'order_contacts', 0, ?, ?, ?, ?, ?, '[]', sha256(coalesce(?, ''::bytea)), ?, 'any', 1,
                    now() - interval '91 days')""",
                offset,
                order.toString(),
                order,
                order.toString().getBytes(StandardCharsets.UTF_8),
                bytes,
                bytes,
                reason);
    }

    @Test
    void rowsComeBackAsTheyWere() {
        var other = UUID.randomUUID();
        rows.lockRecipients(List.of(order, other));
        var known = new Recipient(order, "Zoë", "zoe@example.com", false);
        rows.updateRecipients(List.of(known, new Recipient(other, null, null, true)));
        var confirmed = mail(OrderOutcome.CONFIRMED, Mail.State.DUE, null, new Money(2580, "EUR"));
        rows.saveMails(List.of(confirmed.in(Mail.State.IN_DOUBT).doubted(2)));
        assertThat(rows.mails(List.of(order)))
                .containsExactly(confirmed.in(Mail.State.IN_DOUBT).doubted(2));
        var facts = new Facts(CancellationReason.CUSTOMER, "operator", null);
        var cancelled = new Mail(order, OrderOutcome.CANCELLED, Mail.State.WAITING, AT, facts);
        rows.saveMails(List.of(confirmed, cancelled));
        rows.saveMails(List.of(confirmed.in(Mail.State.SENT)));

        assertThat(rows.lockRecipients(List.of(order, other)))
                .containsExactlyInAnyOrder(known, new Recipient(other, null, null, true));
        assertThat(rows.mails(List.of(order, other)))
                .containsExactlyInAnyOrder(confirmed.in(Mail.State.SENT), cancelled);
        assertThat(rows.find(order, OrderOutcome.CANCELLED)).contains(new NoticeRows.Addressed(cancelled, known));
        assertThat(rows.find(order, OrderOutcome.REFUNDED)).isEmpty();
    }

    @Test
    void oldMailsAreForgottenUnlessTheyAreStillToBeSentAndThenTheirRecipients() {
        rows.lockRecipients(List.of(order));
        rows.saveMails(List.of(
                mail(OrderOutcome.CONFIRMED, Mail.State.SENT, null, null),
                mail(OrderOutcome.CANCELLED, Mail.State.UNDELIVERABLE, null, null),
                mail(OrderOutcome.REFUNDED, Mail.State.WAITING, null, null)));
        var tomorrow = Instant.now().plus(Duration.ofDays(1));

        assertThat(forget("finished mails", Instant.now().minus(Duration.ofDays(1)), 10))
                .isZero();
        assertThat(forget("finished mails", tomorrow, 1)).isEqualTo(1);
        assertThat(forget("finished mails", tomorrow, 10)).isEqualTo(1);
        assertThat(rows.mails(List.of(order))).extracting(Mail::state).containsExactly(Mail.State.WAITING);
        assertThat(forget("recipients", tomorrow, 10)).isZero();

        rows.saveMails(List.of(mail(OrderOutcome.REFUNDED, Mail.State.SENT, null, null)));
        assertThat(forget("finished mails", tomorrow, 10)).isEqualTo(1);
        assertThat(forget("recipients", Instant.now().minus(Duration.ofDays(1)), 10))
                .isZero();
        assertThat(forget("recipients", tomorrow, 10)).isEqualTo(1);
    }

    @Test
    void everyRouteIsNamedAndRuns() {
        assertThat(camel.getRoutes().stream().map(Route::getId))
                .contains(
                        "notifications.order-events",
                        "notifications.payment-events",
                        "notifications.order-contacts",
                        "notifications.request-mail",
                        "notifications.send-mail",
                        "notifications.record-mail");
    }

    private int forget(String what, Instant before, int most) {
        var retention = retentions.stream()
                .filter(one -> one.name().equals(what))
                .findFirst()
                .orElseThrow();
        return jdbc.update(retention.sql(), Timestamp.from(before), most);
    }

    private Mail mail(OrderOutcome outcome, Mail.State state, CancellationReason reason, Money amount) {
        return new Mail(order, outcome, state, AT, new Facts(reason, null, amount));
    }

    private Mail.State state(OrderOutcome outcome) {
        return rows.find(order, outcome).map(found -> found.mail().state()).orElse(null);
    }

    private long work() {
        return jdbc.queryForObject("select count(*) from notifications.work", Long.class);
    }
}
