package io.orderflow.local;

import io.orderflow.contracts.Topology;
import io.orderflow.local.Place.Port;
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
 * {@code make run}: starts the database, the broker, the mail server and the services as children, keeps them running, and takes them down with itself.
 */
final class Supervisor {

    private static final String NAME = "supervisor";
    private static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Place place;
    private final Wishes wishes;
    private final long began = System.nanoTime();
    private final List<ChildProcess> children = new ArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);

    Supervisor(Place place, Wishes wishes) {
        this.place = place;
        this.wishes = wishes;
    }

    void run() throws Exception {
        refuseIfRunning();
        refuseTakenPorts();
        Files.createDirectories(place.folder());
        Files.writeString(place.pid(NAME), ProcessHandle.current().pid() + "\n");
        Runtime.getRuntime().addShutdownHook(new Thread(this::stopChildren, "stop"));

        start(
                "postgres",
                helper("-Xmx256m"),
                Postgres.class,
                "--port=" + place.port(Port.POSTGRES),
                "--data=" + place.folder().resolve("data/postgres"),
                "--programs=" + place.folder().resolve("programs"),
                "--database=orderflow",
                "--foreign=" + Place.PROVIDER);
        start(
                "kafka",
                helper("-Xmx512m"),
                Broker.class,
                "--port=" + place.port(Port.KAFKA),
                "--data=" + place.folder().resolve("data/kafka"));
        start(
                "smtp",
                helper("-Xmx128m"),
                MailServer.class,
                String.valueOf(place.port(Port.SMTP)),
                place.mails().toString());
        await("PostgreSQL", this::databaseAnswers);
        await("Kafka", () -> PortOwner.isTaken(place.port(Port.KAFKA)));
        Broker.createTopics(place.brokers(), Topology.ORDERFLOW, "", PARTITIONS);
        List<String> settings = new ArrayList<>(List.of(
                "--spring.profiles.active=local",
                "--spring.datasource.url=" + place.database(),
                "--orderflow.messaging.brokers=" + place.brokers(),
                "--orderflow.notifications.smtp-port=" + place.port(Port.SMTP),
                "--orderflow.ops.port=" + place.port(Port.OPS),
                "--server.port=" + place.port(Port.HTTP),
                "--server.address=127.0.0.1",
                "--management.server.port=" + place.port(Port.MANAGEMENT),
                "--management.server.address=127.0.0.1"));
        if (wishes.providerOverHttp()) {
            settings.addAll(startProvider());
        }
        settings.addAll(
                wishes.tokens() ? Issuer.in(place.issuer()).settings() : List.of("--orderflow.identity.mode=none"));
        start("app", java("-Xmx1g"), AppChild.class, settings.toArray(String[]::new));
        await("the services", this::ready);
        Seed.load(place);
        System.out.println(Welcome.to(place, wishes, seconds()));
        stopped.await();
    }

    /** Starts the provider that is another company, and says how it is called. */
    private List<String> startProvider() throws InterruptedException {
        var key = Wishes.keyIn(place.providerKey());
        start(
                "provider",
                helper("-Xmx128m"),
                ProviderChild.class,
                "--port=" + place.port(Port.PROVIDER),
                "--database=" + place.providerDatabase(),
                "--user=" + Place.PROVIDER,
                "--api-key-file=" + key,
                "--faults=" + wishes.faults(),
                "--seed=" + wishes.seed());
        await("the payment provider", () -> PortOwner.isTaken(place.port(Port.PROVIDER)));
        return List.of(
                "--orderflow.payments.provider=http",
                "--orderflow.payments.http.url=" + place.provider(),
                "--orderflow.payments.http.api-key-file=" + key,
                "--orderflow.payments.http.read-timeout=1s",
                "--orderflow.payments.http.total-timeout=3s");
    }

    private void refuseIfRunning() {
        running(place).ifPresent(process -> {
            throw new Local.Refused(
                    "orderflow runs here already, as process " + process.pid() + " (make stop ends it)");
        });
    }

    private void refuseTakenPorts() {
        for (var port : Port.values()) {
            if (port == Port.PROVIDER && !wishes.providerOverHttp()) {
                continue;
            }
            int number = place.port(port);
            if (PortOwner.isTaken(number)) {
                throw new Local.Refused("port " + number + " is taken by " + PortOwner.of(number) + "; choose another: "
                        + port.variable() + "=" + (number + 10_000) + " make run");
            }
        }
    }

    /** What is around the services leaves the processors to them: it is not worth a second compilation. */
    private static List<String> helper(String heap) {
        var command = java(heap);
        command.add("-XX:TieredStopAtLevel=1");
        return command;
    }

    private static List<String> java(String heap) {
        return Local.java(heap, "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");
    }

    private void start(String name, List<String> java, Class<?> main, String... arguments) {
        var command = new ArrayList<>(java);
        command.add(main.getName());
        command.addAll(List.of(arguments));
        synchronized (children) {
            children.add(new ChildProcess(place, name, command).start());
        }
    }

    private void await(String what, BooleanSupplier ready) throws InterruptedException {
        while (!ready.getAsBoolean()) {
            if (System.nanoTime() - began > PATIENCE.toNanos()) {
                throw new Local.Refused(
                        what + " does not start, see " + place.folder().resolve("log"));
            }
            if (stopped.await(200, TimeUnit.MILLISECONDS)) {
                throw new Local.Refused("stopped");
            }
        }
        System.out.printf("%5.1f s  %s%n", seconds(), what);
    }

    private double seconds() {
        return (System.nanoTime() - began) / 1e9;
    }

    private boolean databaseAnswers() {
        try (var connection = DriverManager.getConnection(place.database(), Postgres.LOGIN, "")) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    private boolean ready() {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(place.management("/observe/health/readiness")))
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

    /** In the opposite order of their start, so that nobody loses what it needs. */
    private void stopChildren() {
        stopped.countDown();
        synchronized (children) {
            children.forEach(ChildProcess::mayEnd);
            children.reversed().forEach(ChildProcess::stop);
        }
        try {
            Files.deleteIfExists(place.pid(NAME));
        } catch (IOException e) {
            System.err.println(place.pid(NAME) + " cannot be deleted: " + e);
        }
    }

    /** Ends a supervisor that runs in this place, and waits for it. */
    static void stop(Place place) throws Exception {
        var process = running(place)
                .orElseThrow(() -> new Local.Refused("nothing runs here (expected: make run in another window)"));
        process.destroy();
        process.onExit().get(4, TimeUnit.MINUTES);
        System.out.println("Stopped. Data stay in " + place.folder() + " (make clean-data forgets them).");
    }

    private static Optional<ProcessHandle> running(Place place) {
        try {
            long pid = Long.parseLong(Files.readString(place.pid(NAME)).strip());
            return ProcessHandle.of(pid)
                    .filter(process -> process.info().commandLine().orElse("").contains(Local.class.getName()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
