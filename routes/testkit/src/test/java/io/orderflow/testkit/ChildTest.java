package io.orderflow.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildTest {

    private static final Path PROGRAMS = Path.of(System.getProperty("java.io.tmpdir"), "embedded-pg");

    private final List<Process> children = new ArrayList<>();
    private Postgres postgres;

    @AfterEach
    void endServers() {
        children.forEach(Process::destroyForcibly);
        if (postgres != null) {
            postgres.close();
        }
    }

    @Test
    void servesAsABrokerUntilItsParentIsGone(@TempDir Path folder) throws Exception {
        var port = Ports.free();
        var child = start(Broker.class, "--port=" + port, "--data=" + folder.resolve("kafka"));
        var output = child.inputReader();

        assertThat(output.readLine()).isEqualTo("ready: Kafka on localhost:" + port);
        try (var admin = Admin.create(Map.of("bootstrap.servers", "localhost:" + port))) {
            assertThat(admin.describeCluster().nodes().get()).hasSize(1);
        }

        child.getOutputStream().close();

        assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(output.lines()).isEmpty();
    }

    @Test
    void leavesADatabaseBehindWhenItIsKilledAndTheNextStartReplacesIt(@TempDir Path folder) throws Exception {
        var data = folder.resolve("data");
        var oldPort = Ports.free();
        var child = start(
                Postgres.class, "--port=" + oldPort, "--data=" + data, "--programs=" + PROGRAMS, "--database=shop");
        assertThat(child.inputReader().readLine()).isEqualTo("ready: PostgreSQL on localhost:" + oldPort);

        var port = Ports.free();
        try (var client =
                DriverManager.getConnection("jdbc:postgresql://localhost:" + oldPort + "/postgres", "orderflow", "")) {
            child.destroyForcibly().waitFor();
            assertThat(client.isValid(5)).isTrue();

            postgres = Postgres.at(data, PROGRAMS, port);
            assertThat(show(postgres, "port")).isEqualTo(String.valueOf(port));
            assertThat(show(postgres, "fsync")).isEqualTo("on");
            assertThat(show(postgres, "synchronous_commit")).isEqualTo("on");
            assertThat(client.isValid(5)).isFalse();
        }
    }

    @Test
    void endsWhenItsDatabaseEnds(@TempDir Path folder) throws Exception {
        var data = folder.resolve("data");
        var child = start(
                Postgres.class,
                "--port=" + Ports.free(),
                "--data=" + data,
                "--programs=" + PROGRAMS,
                "--database=shop");
        assertThat(child.inputReader().readLine()).startsWith("ready: ");

        var postmaster = Files.readAllLines(data.resolve("postmaster.pid")).getFirst();
        ProcessHandle.of(Long.parseLong(postmaster)).orElseThrow().destroyForcibly();

        assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).isEqualTo(1);
    }

    private Process start(Class<?> server, String... options) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                server.getName()));
        command.addAll(List.of(options));
        var child = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        children.add(child);
        return child;
    }

    private static String show(Postgres postgres, String setting) throws SQLException {
        try (var connection = postgres.connect("postgres");
                var rows = connection.createStatement().executeQuery("show " + setting)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
