package io.orderflow.local;

import io.orderflow.contracts.Topology;
import io.orderflow.local.Layout.Port;
import io.orderflow.testkit.Broker;
import io.orderflow.testkit.Issuer;
import io.orderflow.testkit.Postgres;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What the services need around them, as children: a database, a broker with its topics, a mail server, a provider. */
final class Surroundings {

    private static final int PARTITIONS = 4;

    private final Layout layout;
    private final Wishes wishes;
    private final Children children;

    Surroundings(Layout layout, Wishes wishes, Children children) {
        this.layout = layout;
        this.wishes = wishes;
        this.children = children;
    }

    /** Starts them and waits for them. */
    void start() throws InterruptedException {
        children.start(
                "postgres",
                helper("-Xmx256m"),
                Postgres.class,
                "--port=" + layout.port(Port.POSTGRES),
                "--data=" + layout.folder().resolve("data/postgres"),
                "--programs=" + layout.folder().resolve("programs"),
                "--database=orderflow",
                "--foreign=" + Layout.PROVIDER);
        children.start(
                "kafka",
                helper("-Xmx512m"),
                Broker.class,
                "--port=" + layout.port(Port.KAFKA),
                "--data=" + layout.folder().resolve("data/kafka"));
        children.start(
                "smtp",
                helper("-Xmx128m"),
                MailServer.class,
                String.valueOf(layout.port(Port.SMTP)),
                layout.mails().toString());
        children.await("PostgreSQL", this::databaseAnswers);
        children.await("Kafka", () -> PortOwner.isTaken(layout.port(Port.KAFKA)));
        Broker.createTopics(layout.brokers(), Topology.ORDERFLOW, "", PARTITIONS);
        if (wishes.providerOverHttp()) {
            startProvider();
        }
    }

    /** As a process of its own. */
    private void startProvider() throws InterruptedException {
        children.start(
                "provider",
                helper("-Xmx128m"),
                ProviderChild.class,
                "--port=" + layout.port(Port.PROVIDER),
                "--database=" + layout.providerDatabase(),
                "--user=" + Layout.PROVIDER,
                "--api-key-file=" + Wishes.keyIn(layout.providerKey()),
                "--faults=" + wishes.faults(),
                "--seed=" + wishes.seed());
        children.await("the payment provider", () -> PortOwner.isTaken(layout.port(Port.PROVIDER)));
    }

    /** The services' settings that say where all this is. */
    List<String> settings() {
        List<String> settings = new ArrayList<>(List.of(
                "--spring.profiles.active=local",
                "--spring.datasource.url=" + layout.database(),
                "--orderflow.messaging.brokers=" + layout.brokers(),
                "--orderflow.notifications.smtp-port=" + layout.port(Port.SMTP),
                "--orderflow.ops.port=" + layout.port(Port.OPS),
                "--server.port=" + layout.port(Port.HTTP),
                "--server.address=127.0.0.1",
                "--management.server.port=" + layout.port(Port.MANAGEMENT),
                "--management.server.address=127.0.0.1"));
        if (wishes.providerOverHttp()) {
            settings.addAll(List.of(
                    "--orderflow.payments.provider=http",
                    "--orderflow.payments.http.url=" + layout.provider(),
                    "--orderflow.payments.http.api-key-file=" + Wishes.keyIn(layout.providerKey()),
                    "--orderflow.payments.http.read-timeout=1s",
                    "--orderflow.payments.http.total-timeout=3s"));
        }
        if (wishes.console()) {
            settings.add("--roles=all,console");
        }
        settings.addAll(
                wishes.tokens() ? Issuer.in(layout.issuer()).settings() : List.of("--orderflow.identity.mode=none"));
        return settings;
    }

    /** For what is around the services: one compilation is enough for it, so that the processors are left to them. */
    private static List<String> helper(String heap) {
        return List.of(heap, "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-XX:TieredStopAtLevel=1");
    }

    private boolean databaseAnswers() {
        try (var connection = DriverManager.getConnection(layout.database(), Postgres.LOGIN, "")) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }
}
