package io.orderflow.local;

import io.orderflow.contracts.Topology;
import io.orderflow.local.Layout.Port;
import io.orderflow.testkit.Broker;
import io.orderflow.testkit.Issuer;
import io.orderflow.testkit.Postgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * {@code make run}: starts the database, the broker, the mail server and the services as children, keeps them running,
 * and takes them down with itself.
 */
final class Supervisor {

    private static final String NAME = "supervisor";

    /** Stands in a supervisor's command line: the process whose number is in the file may be another one by now. */
    private static final String PACKAGE = Supervisor.class.getPackageName();

    private static final int PARTITIONS = 4;
    private static final Duration START_TIMEOUT = Duration.ofMinutes(3);

    private final Layout layout;
    private final Wishes wishes;
    private final long began = System.nanoTime();
    private final List<ChildProcess> children = new ArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);

    Supervisor(Layout layout, Wishes wishes) {
        this.layout = layout;
        this.wishes = wishes;
    }

    void run() throws Exception {
        refuseIfRunning();
        refuseTakenPorts();
        Files.createDirectories(layout.folder());
        Files.writeString(layout.pid(NAME), ProcessHandle.current().pid() + "\n");
        var ending = Ending.with(this::stopChildren);
        try {
            startAll();
        } catch (Exception e) {
            if (stopped.getCount() > 0) {
                ending.isFailure();
            }
            throw e;
        }
        stopped.await();
    }

    private void startAll() throws Exception {
        startSurroundings();
        start("app", java("-Xmx1g"), AppChild.class, settings().toArray(String[]::new));
        await("the services", this::ready);
        Seed.load(layout);
        System.out.println(Welcome.to(layout, wishes, seconds()));
    }

    /** Starts what the services need: a database, a broker with its topics, and a mail server. */
    private void startSurroundings() throws Exception {
        start(
                "postgres",
                helper("-Xmx256m"),
                Postgres.class,
                "--port=" + layout.port(Port.POSTGRES),
                "--data=" + layout.folder().resolve("data/postgres"),
                "--programs=" + layout.folder().resolve("programs"),
                "--database=orderflow",
                "--foreign=" + Layout.PROVIDER);
        start(
                "kafka",
                helper("-Xmx512m"),
                Broker.class,
                "--port=" + layout.port(Port.KAFKA),
                "--data=" + layout.folder().resolve("data/kafka"));
        start(
                "smtp",
                helper("-Xmx128m"),
                MailServer.class,
                String.valueOf(layout.port(Port.SMTP)),
                layout.mails().toString());
        await("PostgreSQL", this::databaseAnswers);
        await("Kafka", () -> PortOwner.isTaken(layout.port(Port.KAFKA)));
        Broker.createTopics(layout.brokers(), Topology.ORDERFLOW, "", PARTITIONS);
    }

    /** The services' settings; a provider that they reach over HTTP is started first. */
    private List<String> settings() throws InterruptedException {
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
            settings.addAll(startProvider());
        }
        settings.addAll(
                wishes.tokens() ? Issuer.in(layout.issuer()).settings() : List.of("--orderflow.identity.mode=none"));
        return settings;
    }

    /** Starts the provider as a process of its own, and returns the settings with which the services reach it. */
    private List<String> startProvider() throws InterruptedException {
        var key = Wishes.keyIn(layout.providerKey());
        start(
                "provider",
                helper("-Xmx128m"),
                ProviderChild.class,
                "--port=" + layout.port(Port.PROVIDER),
                "--database=" + layout.providerDatabase(),
                "--user=" + Layout.PROVIDER,
                "--api-key-file=" + key,
                "--faults=" + wishes.faults(),
                "--seed=" + wishes.seed());
        await("the payment provider", () -> PortOwner.isTaken(layout.port(Port.PROVIDER)));
        return List.of(
                "--orderflow.payments.provider=http",
                "--orderflow.payments.http.url=" + layout.provider(),
                "--orderflow.payments.http.api-key-file=" + key,
                "--orderflow.payments.http.read-timeout=1s",
                "--orderflow.payments.http.total-timeout=3s");
    }

    private void refuseIfRunning() {
        running(layout).ifPresent(process -> {
            throw new Refused("orderflow runs here already, as process " + process.pid() + " (make stop ends it)");
        });
    }

    private void refuseTakenPorts() {
        for (var port : Port.values()) {
            if (port == Port.PROVIDER && !wishes.providerOverHttp()) {
                continue;
            }
            int number = layout.port(port);
            if (PortOwner.isTaken(number)) {
                throw new Refused("port " + number + " is taken by " + PortOwner.of(number) + "; choose another: "
                        + port.variable() + "=" + (number + 10_000) + " make run");
            }
        }
    }

    /** For what is around the services: one compilation is enough for it, so that the processors are left to them. */
    private static List<String> helper(String heap) {
        var command = java(heap);
        command.add("-XX:TieredStopAtLevel=1");
        return command;
    }

    private static List<String> java(String heap) {
        return JavaCommand.with(heap, "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");
    }

    private void start(String name, List<String> java, Class<?> main, String... arguments) {
        var command = new ArrayList<>(java);
        command.add(main.getName());
        command.addAll(List.of(arguments));
        synchronized (children) {
            children.add(new ChildProcess(layout, name, command).start());
        }
    }

    private void await(String what, BooleanSupplier ready) throws InterruptedException {
        while (!ready.getAsBoolean()) {
            if (System.nanoTime() - began > START_TIMEOUT.toNanos()) {
                throw new Refused(
                        what + " does not start, see " + layout.folder().resolve("log"));
            }
            if (stopped.await(200, TimeUnit.MILLISECONDS)) {
                throw new Refused("stopped");
            }
        }
        System.out.printf("%5.1f s  %s%n", seconds(), what);
    }

    private double seconds() {
        return (System.nanoTime() - began) / 1e9;
    }

    private boolean databaseAnswers() {
        try (var connection = DriverManager.getConnection(layout.database(), Postgres.LOGIN, "")) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private boolean ready() {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(layout.management("/observe/health/readiness")))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** In the opposite order of their start, so that each child still has those it needs. */
    private void stopChildren() {
        stopped.countDown();
        synchronized (children) {
            children.forEach(ChildProcess::mayEnd);
            children.reversed().forEach(ChildProcess::stop);
        }
        try {
            Files.deleteIfExists(layout.pid(NAME));
        } catch (IOException e) {
            System.err.println(layout.pid(NAME) + " cannot be deleted: " + e);
        }
    }

    /** Ends a supervisor that runs with this layout, and waits for it. */
    static void stop(Layout layout) throws Exception {
        var process = running(layout)
                .orElseThrow(() -> new Refused("nothing runs here (expected: make run in another window)"));
        process.destroy();
        process.onExit().get(4, TimeUnit.MINUTES);
        System.out.println("Stopped. Data stay in " + layout.folder() + " (make clean-data forgets them).");
    }

    private static Optional<ProcessHandle> running(Layout layout) {
        try {
            long pid = Long.parseLong(Files.readString(layout.pid(NAME)).strip());
            return ProcessHandle.of(pid)
                    .filter(process -> process.info().commandLine().orElse("").contains(PACKAGE));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
