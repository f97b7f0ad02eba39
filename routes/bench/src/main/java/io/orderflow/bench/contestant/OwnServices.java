package io.orderflow.bench.contestant;

import io.orderflow.bench.machine.Machine;
import io.orderflow.bench.machine.Running;
import io.orderflow.contracts.Topology;
import io.orderflow.testkit.Broker;
import io.orderflow.testkit.Ports;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Starts our services as a process, all of them or those that {@code --roles=} names, on the machine's servers. */
public final class OwnServices {

    private static final String DATABASE = "orderflow";
    private static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int OK = 200;

    private OwnServices() {}

    /**
     * Answers when they are ready.
     *
     * @param name of the log
     * @param options of the JVM
     * @param settings as on their command line
     */
    public static Running start(Machine machine, String name, List<String> options, List<String> settings)
            throws IOException, InterruptedException {
        Broker.createTopics(machine.brokers(), Topology.ORDERFLOW, "", PARTITIONS);
        int management = Ports.free();
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.profiles.active=local",
                "--logging.file.name=" + machine.folder().resolve(name + "-app.log"),
                "--spring.datasource.url=" + machine.url(DATABASE),
                "--orderflow.messaging.brokers=" + machine.brokers(),
                "--orderflow.identity.mode=none",
                "--orderflow.ops.port=0",
                "--server.address=127.0.0.1",
                "--management.server.port=" + management,
                "--management.server.address=127.0.0.1"));
        arguments.addAll(settings);
        var app = Running.start(name, machine.log(name), options, BenchChild.class, arguments)
                .unheard();
        awaitReady(app, name, management);
        return app;
    }

    private static void awaitReady(Running app, String name, int management) throws InterruptedException {
        var ready = HttpRequest.newBuilder(URI.create("http://localhost:" + management + "/observe/health/readiness"))
                .timeout(Duration.ofSeconds(2))
                .build();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (var client = HttpClient.newHttpClient()) {
            while (!isReady(client, ready)) {
                if (!app.isAlive() || System.nanoTime() > deadline) {
                    throw new IllegalStateException(name + ": not ready, see its log");
                }
                Thread.sleep(100);
            }
        }
    }

    private static boolean isReady(HttpClient client, HttpRequest ready) throws InterruptedException {
        try {
            return client.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == OK;
        } catch (IOException e) {
            return false;
        }
    }
}
