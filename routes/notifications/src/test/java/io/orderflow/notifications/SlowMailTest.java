package io.orderflow.notifications;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.contracts.Money;
import io.orderflow.contracts.OrderConfirmed;
import io.orderflow.contracts.OrderContact;
import io.orderflow.contracts.Topology;
import io.orderflow.messaging.assembly.MessagingModule;
import io.orderflow.testkit.Broker;
import io.orderflow.testkit.Postgres;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.ProducerTemplate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

/** One worker, one connection and two places for slow mails, with the real backbone, broker and database. */
@ExtendWith(OutputCaptureExtension.class)
class SlowMailTest {

    private static final Instant AT = Instant.parse("2026-11-23T12:00:00Z");

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({MessagingModule.class, NotificationsModule.class})
    static class Application {}

    private final ScriptedMailServer server = new ScriptedMailServer();
    private final UUID order = UUID.randomUUID();
    private ConfigurableApplicationContext app;
    private ProducerTemplate producer;
    private JdbcTemplate jdbc;

    SlowMailTest() throws IOException {}

    @BeforeEach
    void start() {
        var prefix = "t" + UUID.randomUUID() + "-";
        Broker.shared().createTopics(Topology.ORDERFLOW, prefix, 1);
        var database = Postgres.shared().freshDatabase();
        var application = new SpringApplication(Application.class);
        application.setRegisterShutdownHook(false);
        application.setDefaultProperties(Map.ofEntries(
                Map.entry("spring.main.web-application-type", "none"),
                Map.entry("camel.main.run-controller", "false"),
                Map.entry("spring.datasource.url", database.url()),
                Map.entry("spring.datasource.username", database.user()),
                Map.entry("orderflow.messaging.brokers", Broker.shared().address()),
                Map.entry("orderflow.messaging.prefix", prefix),
                Map.entry("orderflow.messaging.workers-of.notifications.send-mail", 1),
                Map.entry("orderflow.messaging.slow-workers-of.notifications.send-mail", 2),
                Map.entry("orderflow.messaging.slow-after", "100ms"),
                Map.entry("orderflow.notifications.connections", 1),
                Map.entry("orderflow.notifications.smtp-port", server.port())));
        app = application.run();
        producer = app.getBean(ProducerTemplate.class);
        jdbc = app.getBean(JdbcTemplate.class);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        app.close();
    }

    @Test
    void recipientsThatAreSlowHoldUpNoOtherMail() {
        List<UUID> slow = List.of(UUID.randomUUID(), UUID.randomUUID());
        for (var one : slow) {
            server.always("RCPT TO:<" + one + "@example.com>", ScriptedMailServer.LATE + "250 fine");
            isDue(one, one + "@example.com");
        }
        await().until(() -> server.silent() > 0);
        isDue(order, "ada@example.com");

        await().untilAsserted(() -> assertThat(state(order)).isEqualTo(Mail.State.SENT));
        assertThat(slow).allSatisfy(one -> assertThat(state(one)).isEqualTo(Mail.State.DUE));
        server.speak();

        await().untilAsserted(() ->
                assertThat(slow).allSatisfy(one -> assertThat(state(one)).isEqualTo(Mail.State.SENT)));
        assertThat(slow).allSatisfy(one -> assertThat(copies(one)).isOne());
    }

    @Test
    void aMailWhoseAnswerNobodyHearsIsCountedInTheDatabase() throws Exception {
        server.next(".", ScriptedMailServer.CUT);
        isDue(order, "ada@example.com");
        awaitDoubt(1, "20 s");

        // A worker that is killed with the mail under way.
        jdbc.update("update notifications.work set lease = gen_random_uuid(), attempts = 1, due_at = now()");
        awaitDoubt(2, "4 min");
        assertThat(copies(order)).isOne();

        server.next(".", ScriptedMailServer.CUT);
        jdbc.update("update notifications.work set due_at = now()");
        await().untilAsserted(() -> assertThat(state(order)).isEqualTo(Mail.State.IN_DOUBT));

        assertThat(jdbc.queryForObject("select count(*) from notifications.work", Long.class))
                .isZero();
        assertThat(copies(order)).isEqualTo(2);
        assertThat(jdbc.queryForObject("select state from notifications.mail where in_doubt", String.class))
                .as("a state that the version before knows")
                .isEqualTo("UNDELIVERABLE");
    }

    @Test
    void whatAServerSaysToUsIsKeptWithoutTheAddress(CapturedOutput output) {
        server.always("RCPT", "421 4.7.0 <ada@example.com>: too many of them");
        isDue(order, "ada@example.com");

        await().untilAsserted(() -> assertThat(jdbc.queryForList("select error from notifications.work", String.class))
                .containsExactly("RefusedByServer: mail server: RCPT: 421 4.7.0"));
        assertThat(output).contains("421 4.7.0").doesNotContain("ada@example.com");
    }

    private void isDue(UUID id, String address) {
        producer.requestBody("transaction:notifications.order-contacts", new OrderContact(id, AT, "Ada", address));
        producer.requestBody(
                "transaction:notifications.order-events", new OrderConfirmed(id, AT, new Money(2580, "EUR")));
    }

    /** The mail has so many doubts and is asked for again, in words that the version before reads. */
    private void awaitDoubt(int doubts, String pause) throws Exception {
        var asked = """
                select count(*) from notifications.work join notifications.mail using (order_id)
                where doubts = ? and lease is null and due_at > now() + ?::interval and order_id = ?""";
        await().until(() -> jdbc.queryForObject(asked, Long.class, doubts, pause, order) == 1);
        assertThat(VersionBefore.read(jdbc.queryForObject("select body from notifications.work", String.class)))
                .isEqualTo(new VersionBefore.Request(order, OrderOutcome.CONFIRMED, 0));
    }

    private long copies(UUID id) {
        return server.mails().stream()
                .filter(mail -> mail.contains(id.toString()))
                .count();
    }

    private Mail.State state(UUID id) {
        return app.getBean(NoticeRows.class)
                .find(id, OrderOutcome.CONFIRMED)
                .map(found -> found.mail().state())
                .orElse(null);
    }
}
