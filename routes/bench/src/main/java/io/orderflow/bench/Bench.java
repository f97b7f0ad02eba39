package io.orderflow.bench;

import io.orderflow.contracts.Topology;
import io.orderflow.testkit.Broker;
import io.orderflow.testkit.Ports;
import io.orderflow.testkit.Postgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * {@code make bench}: runs the saga in bare Java and then ours, on the same database and broker, and prints the ratio
 * of the two. The figures of one run are good for their ratio and for nothing else.
 */
public final class Bench {

    private static final Duration PATIENCE = Duration.ofMinutes(20);

    private final Path folder;
    private final int orders;
    private final int warmUp;
    private final int connections;
    private final int postgresPort = Ports.free();
    private final int kafkaPort = Ports.free();
    private final Path log;

    private Bench(Path folder, int orders, int warmUp, int connections) {
        this.folder = folder;
        this.orders = orders;
        this.warmUp = warmUp;
        this.connections = connections;
        this.log = folder.resolve("log");
    }

    /**
     * Arguments: a folder for the data, how many orders are measured, how many are placed before for warming up, and
     * over how many connections.
     */
    public static void main(String... arguments) throws Exception {
        new Bench(
                        Path.of(arguments[0]).toAbsolutePath(),
                        Integer.parseInt(arguments[1]),
                        Integer.parseInt(arguments[2]),
                        Integer.parseInt(arguments[3]))
                .run();
        System.exit(0);
    }

    /** What a run has cost. */
    private record Result(double seconds, double orders, Map<String, Double> processors) {

        double rate() {
            return orders / seconds;
        }

        String cpu() {
            var each = new StringBuilder();
            processors.forEach((name, used) -> each.append("%s %.3f, ".formatted(name, 1_000 * used / orders)));
            return "%stogether %.3f".formatted(each, 1_000 * processorsPerOrder());
        }

        /** In seconds, of all processes together. */
        double processorsPerOrder() {
            return processors.values().stream().mapToDouble(Double::doubleValue).sum() / orders;
        }
    }

    private void run() throws Exception {
        Files.createDirectories(folder);
        System.out.printf(
                "%s, %d processors, Java %s, %s %s; %,d orders after %,d to warm up%n",
                Instant.now().truncatedTo(ChronoUnit.MINUTES),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version().feature(),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                orders,
                warmUp);
        var quick = List.of("-Xmx512m", "-XX:TieredStopAtLevel=1");
        try (var postgres = Running.start(
                        "postgres",
                        log,
                        quick,
                        Postgres.class,
                        "--port=" + postgresPort,
                        "--data=" + folder.resolve("postgres"),
                        "--programs=" + folder.resolve("programs"),
                        "--database=orderflow");
                var kafka = Running.start(
                        "kafka",
                        log,
                        quick,
                        Broker.class,
                        "--port=" + kafkaPort,
                        "--data=" + folder.resolve("kafka"))) {
            postgres.await("ready");
            kafka.await("ready");
            var floor = floor(kafka);
            print("floor", floor);
            var app = app(kafka);
            print("orderflow", app);
            System.out.printf(
                    "ratio: %.3f of the floor's orders a second, %.1f times its processor time%n",
                    app.rate() / floor.rate(), app.processorsPerOrder() / floor.processorsPerOrder());
        }
    }

    private static void print(String name, Result result) {
        System.out.printf(
                "%-10s %,8.0f orders/s to CONFIRMED; ms of processor per order: %s%n",
                name, result.rate(), result.cpu());
    }

    /** This JVM feeds ours; the floor feeds itself. */
    private Map<String, ProcessHandle> processes(Running measured, Running kafka) throws IOException {
        var postmaster =
                Files.readAllLines(folder.resolve("postgres/postmaster.pid")).getFirst();
        Map<String, ProcessHandle> processes = new LinkedHashMap<>();
        processes.put("java", measured.handle());
        processes.put("postgres", ProcessHandle.of(Long.parseLong(postmaster)).orElseThrow());
        processes.put("kafka", kafka.handle());
        processes.put("load", ProcessHandle.current());
        return processes;
    }

    private Result floor(Running kafka) throws Exception {
        execute("postgres", "create database floor");
        try (var floor = Running.start(
                "floor",
                log,
                List.of("-Xmx1g"),
                Floor.class,
                url("floor", "postgres"),
                "localhost:" + kafkaPort,
                String.valueOf(warmUp),
                String.valueOf(orders))) {
            floor.await("begin");
            var watch = new Watch(processes(floor, kafka));
            floor.await("end");
            return watch.result(orders, watch.elapsed());
        }
    }

    private Result app(Running kafka) throws Exception {
        int http = Ports.free();
        int management = Ports.free();
        Broker.createTopics("localhost:" + kafkaPort, Topology.ORDERFLOW, "", 4);
        try (var mails = new MailSink();
                var app = Running.start(
                                "app",
                                log,
                                List.of("-Xmx1g"),
                                BenchChild.class,
                                "--spring.profiles.active=local",
                                "--logging.file.name=" + folder.resolve("app.log"),
                                "--spring.datasource.url=" + url("orderflow", null),
                                "--orderflow.messaging.brokers=localhost:" + kafkaPort,
                                "--orderflow.notifications.smtp-port=" + mails.port(),
                                "--orderflow.messaging.workers-of.notifications.send-mail=16",
                                "--orderflow.identity.mode=none",
                                "--orderflow.ops.port=0",
                                "--server.port=" + http,
                                "--server.address=127.0.0.1",
                                "--management.server.port=" + management,
                                "--management.server.address=127.0.0.1")
                        .unheard()) {
            awaitReady(app, management);
            seed();
            var feed = new Feed(http, connections);
            feed.place(warmUp);
            awaitConfirmed(warmUp);
            awaitMails(mails, warmUp);
            var watch = new Watch(processes(app, kafka));
            feed.place(orders);
            double accepted = watch.elapsed();
            awaitConfirmed(warmUp + orders);
            double confirmed = watch.elapsed();
            awaitMails(mails, warmUp + orders);
            System.out.printf(
                    "orderflow  %,8.0f orders/s accepted over %d connections, %,.0f/s told by mail%n",
                    orders / accepted, connections, orders / watch.elapsed());
            return watch.result(orders, confirmed);
        }
    }

    private void awaitReady(Running app, int management) throws InterruptedException {
        var ready = HttpRequest.newBuilder(URI.create("http://localhost:" + management + "/observe/health/readiness"))
                .timeout(Duration.ofSeconds(2))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            await("the services", () -> {
                if (!app.isAlive()) {
                    throw new IllegalStateException("app: ended, see " + log);
                }
                try {
                    return client.send(ready, HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == 200;
                } catch (IOException e) {
                    return false;
                }
            });
        }
    }

    private void seed() throws SQLException {
        execute("orderflow", """
                insert into orders.product (sku, name) values ('mug', 'Mug'), ('spoon', 'Spoon');
                insert into orders.product_price (sku, currency, amount_minor) values ('mug', 'EUR', 1290), ('spoon', 'EUR', 490);
                insert into inventory.stock_item (sku, on_hand) values ('mug', 1000000000), ('spoon', 1000000000)""");
    }

    private void awaitConfirmed(int all) throws Exception {
        await(
                all + " confirmed orders",
                () -> count("select count(*) from orders.orders where status = 'CONFIRMED'") >= all);
    }

    private static void awaitMails(MailSink mails, int all) throws Exception {
        await(all + " mails", () -> mails.taken() >= all);
    }

    private interface Condition {
        boolean holds() throws SQLException, InterruptedException;
    }

    private static void await(String what, Condition condition) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try {
            while (!condition.holds()) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(what + ": not within " + PATIENCE);
                }
                Thread.sleep(100);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(what, e);
        }
    }

    private int count(String query) throws SQLException {
        try (var connection = DriverManager.getConnection(url("orderflow", "postgres"));
                var statement = connection.createStatement();
                var row = statement.executeQuery(query)) {
            row.next();
            return row.getInt(1);
        }
    }

    private void execute(String database, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url(database, "postgres"));
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String url(String database, String user) {
        return "jdbc:postgresql://localhost:" + postgresPort + "/" + database + (user == null ? "" : "?user=" + user);
    }

    /** The time since its making, and what processes and their children have used of the processors since then. */
    private static final class Watch {

        private final long began = System.nanoTime();
        private final Map<String, ProcessHandle> processes;
        private final Map<String, Double> before;

        Watch(Map<String, ProcessHandle> processes) {
            this.processes = processes;
            this.before = used();
        }

        double elapsed() {
            return (System.nanoTime() - began) / 1e9;
        }

        Result result(int orders, double seconds) {
            var used = used();
            used.replaceAll((name, now) -> now - before.get(name));
            return new Result(seconds, orders, used);
        }

        private Map<String, Double> used() {
            Map<String, Double> used = new LinkedHashMap<>();
            processes.forEach((name, process) -> used.put(name, seconds(process)));
            return used;
        }

        private static double seconds(ProcessHandle process) {
            // What this JVM started is on its own account.
            var children = process.equals(ProcessHandle.current()) ? Stream.<ProcessHandle>empty() : process.children();
            return Stream.concat(Stream.of(process), children)
                            .map(one -> one.info().totalCpuDuration().orElse(Duration.ZERO))
                            .mapToLong(Duration::toNanos)
                            .sum()
                    / 1e9;
        }
    }
}
