package io.orderflow.peers;

import io.orderflow.peers.saga.PeerProcess;
import io.orderflow.testkit.Broker;
import io.orderflow.testkit.Ports;
import io.orderflow.testkit.Postgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A contestant as the bench starts it: from its file, as a process with a class path of its own. */
final class StartedContestant implements AutoCloseable {

    private static final Path TARGET = Path.of("target").toAbsolutePath();

    private final Properties file = new Properties();
    private final List<String> command = new ArrayList<>();
    private final int port = Ports.free();
    private final HttpClient client = HttpClient.newHttpClient();
    private final JdbcTemplate database;
    private final Path log;
    private Process process;

    StartedContestant(String name, Broker broker, Postgres postgres, int mailPort) throws IOException {
        var classes = classes();
        try (var in = Files.newBufferedReader(classes.resolve("contestants/" + name + ".properties"))) {
            file.load(in);
        }
        var url = postgres.freshDatabase().url() + "?user=postgres";
        database = new JdbcTemplate(new DriverManagerDataSource(url));
        log = TARGET.resolve(name + "-" + port + ".log");
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
        command.add("-cp");
        command.add(classes + ":"
                + Files.readString(TARGET.resolve(file.getProperty("classpath")))
                        .strip());
        command.add(file.getProperty("main"));
        command.addAll(List.of(
                "--database=" + url,
                "--brokers=" + broker.address(),
                "--http-port=" + port,
                "--mail-port=" + mailPort));
        Stream.of(file.getProperty("arguments").split(" ")).forEach(command::add);
    }

    /** Where this test has them from. */
    private static Path classes() {
        return Path.of(URI.create(PeerProcess.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toString()));
    }

    /** Answers when it takes orders. */
    StartedContestant start() throws IOException {
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        var said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (var line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith("ready")) {
                return this;
            }
        }
        throw new IllegalStateException("ended before it was ready, see " + log);
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    HttpResponse<String> place(UUID key, String sku, String token) throws IOException, InterruptedException {
        var body = """
                {"currency":"EUR","customer":{"name":"Ada","email":"ada@example.com"},\
                "lines":[{"sku":"%s","quantity":1},{"sku":"spoon","quantity":1}],"payment":{"token":"%s"}}""".formatted(sku, token);
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/orders"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key.toString())
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    /** An order as the contestant's own ledger has it. */
    record Entry(UUID id, String status, long total, long charged, long refunded, int charges, int ordered, int held) {

        /** Whether money and pieces are where its end wants them. */
        boolean balances() {
            return switch (status) {
                case "CONFIRMED" -> charged - refunded == total && charges == 1 && held == ordered;
                case "CANCELLED" -> charged == refunded && held == 0;
                default -> false;
            };
        }
    }

    List<Entry> ledger() {
        return database.query(
                file.getProperty("ledger"),
                (row, number) -> new Entry(
                        row.getObject("order_id", UUID.class),
                        row.getString("status"),
                        row.getLong("total"),
                        row.getLong("charged"),
                        row.getLong("refunded"),
                        row.getInt("charges"),
                        row.getInt("ordered"),
                        row.getInt("held")));
    }

    int taken(String sku) {
        var sql = "select pieces from (" + file.getProperty("taken") + ") taken where sku = ?";
        return database.queryForObject(sql, Integer.class, sku);
    }

    int unsent() {
        return database.queryForObject(file.getProperty("unsent"), Integer.class);
    }

    String topic() {
        return file.getProperty("ends.topic");
    }

    String confirmedMark() {
        return file.getProperty("ends.confirmed");
    }

    @Override
    public void close() throws IOException, SQLException {
        process.getOutputStream().close();
        process.onExit().join();
    }
}
