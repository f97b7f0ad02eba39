package io.orderflow.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import io.orderflow.testkit.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The chart's script makes each service's database and logins on an empty server, and on one that runs what a service
 * that came later lacks, without a change for the others.
 */
class DatabaseLoginsTest {

    private static final Path SCRIPT =
            Path.of("../../helm/orderflow/files/postgresql/roles.sh").toAbsolutePath();

    private final Postgres postgres = Postgres.temporary();

    @TempDir
    private Path passwords;

    private record Run(int status, String output) {}

    @BeforeEach
    void writePasswords() throws IOException {
        assumeTrue(isThere("psql"), "SKIPPED: psql is not on the path; the chart's roles.sh is not tried");
        for (var role : Topology.ORDERFLOW.roles()) {
            password(role.name());
        }
    }

    @AfterEach
    void close() {
        postgres.close();
    }

    @Test
    void runAgainItChangesNothingAndForOneMoreServiceOnlyWhatThatOneLacks() throws Exception {
        var services = new ArrayList<>(
                Topology.ORDERFLOW.roles().stream().map(Role::name).toList());
        assertThat(run(services)).isEqualTo(new Run(0, ""));
        var first = databases();
        assertThat(first).hasSize(services.size() + 3);
        for (var service : services) {
            assertThat(mayConnect(service)).as(service).containsExactlyInAnyOrder(service, "postgres");
            as(service + "_migrator", service, "create schema kept");
        }

        assertThat(run(services)).isEqualTo(new Run(0, ""));
        assertThat(databases()).isEqualTo(first);

        assertThat(connections()).containsOnly(72);

        services.add("porter");
        password("porter");
        assertThat(run(services)).isEqualTo(new Run(0, ""));
        assertThat(databases()).containsAll(first).hasSize(first.size() + 1);
        assertThat(mayConnect("porter")).containsExactlyInAnyOrder("porter", "postgres");
        as("porter_migrator", "porter", "create schema kept");
        assertThat(query("orders", "select nspname from pg_namespace where nspname = 'kept'"))
                .containsExactly("kept");
    }

    @Test
    void aLoginWithoutAPasswordIsToldAndNotMade() throws Exception {
        Files.delete(passwords.resolve("orders_migrator"));

        var run = run(List.of("orders"));

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.output())
                .isEqualTo(passwords.resolve("orders_migrator") + ": not there (expected: a password)\n");
        assertThat(query("postgres", "select rolname from pg_roles where rolname like 'orders%'"))
                .isEmpty();
    }

    private void password(String service) throws IOException {
        Files.writeString(passwords.resolve(service), "it's " + service);
        Files.writeString(passwords.resolve(service + "_migrator"), "\\ of " + service);
    }

    private Run run(List<String> services) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("bash", SCRIPT.toString()).redirectErrorStream(true);
        var url = postgres.database("postgres", List.of()).url();
        builder.environment().put("PGHOST", "localhost");
        builder.environment().put("PGPORT", url.replaceAll(".*:(\\d+)/.*", "$1"));
        builder.environment().put("PASSWORDS", passwords.toString());
        builder.environment().put("SERVICES", String.join(" ", services));
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), output);
    }

    /** Each database with who may do what in it. */
    private List<String> databases() throws SQLException {
        return query("postgres", "select datname || ' ' || datacl::text from pg_database");
    }

    /** How many the services may open, who are no migrators. */
    private List<Integer> connections() throws SQLException {
        return query("postgres", """
                        select rolconnlimit from pg_roles where rolcanlogin and rolname in (%s)""".formatted(Topology.ORDERFLOW.roles().stream()
                        .map(role -> "'" + role + "'")
                        .collect(Collectors.joining(", "))))
                .stream()
                .map(Integer::valueOf)
                .toList();
    }

    /** Logins that reach a service's database, and do not need to be its migrator for it. */
    private TreeSet<String> mayConnect(String database) throws SQLException {
        return new TreeSet<>(query("postgres", """
                        select rolname from pg_roles where rolcanlogin and rolname not like '%%_migrator'
                            and has_database_privilege(rolname, '%s', 'connect')""".formatted(database)));
    }

    private void as(String login, String database, String statement) throws SQLException {
        try (var connection = postgres.connect(database);
                var sql = connection.createStatement()) {
            sql.execute("set role " + login);
            sql.execute(statement);
        }
    }

    private List<String> query(String database, String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (var connection = postgres.connect(database);
                var sql = connection.createStatement();
                var rows = sql.executeQuery(query)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values;
    }

    private static boolean isThere(String program) {
        return List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
