package io.orderflow.testkit;

import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A real PostgreSQL 18 on the loopback interface, with a database role for each of the system's roles, and a login {@code orderflow} that is a member of all of them. It can
 * be stopped, killed, and started again on the same data and port.
 */
public final class Postgres implements AutoCloseable {

    /** The login of a process that runs every role. Trust authentication: whoever reaches the loopback interface may enter. */
    public static final String LOGIN = "orderflow";

    private static Postgres shared;

    private final Path data;
    private final Path programs;
    private final boolean temporary;
    private final boolean durable;
    private final int port;
    private EmbeddedPostgres server;

    private Postgres(Path data, Path programs, boolean temporary, boolean durable, int port) {
        this.data = data;
        this.programs = programs;
        this.temporary = temporary;
        this.durable = durable;
        this.port = port;
    }

    /** Data of its own that are gone when it is closed, on a free port; it does not wait for the disk, so that tests are quick. */
    public static Postgres temporary() {
        try {
            return new Postgres(Files.createTempDirectory("orderflow-pg"), null, true, false, Ports.free()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps its data and waits for the disk at every commit, as in production. */
    public static Postgres at(Path data, Path programs, int port) {
        return new Postgres(data, programs, false, true, port).start();
    }

    /** The one server that the tests of this JVM share. */
    public static synchronized Postgres shared() {
        if (shared == null) {
            shared = temporary();
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
        }
        return shared;
    }

    /** Where a database is and who may enter. */
    public record Database(String url, String user) {}

    /** A database of this name for these roles; made if it is not there. */
    public Database database(String name, Collection<Role> roles) {
        roles.forEach(this::role);
        execute("postgres", "select 1 from pg_database where datname = '" + name + "'", "create database " + name);
        roles.forEach(role -> execute(
                name,
                "select 1 where has_database_privilege('" + role + "', '" + name + "', 'create')",
                "grant create on database " + name + " to " + role));
        return new Database("jdbc:postgresql://localhost:" + port + "/" + name, LOGIN);
    }

    /** An empty database of its own for a test, for the roles of the system. */
    public Database freshDatabase() {
        return freshDatabase(Topology.ORDERFLOW.roles());
    }

    /** An empty database of its own for a test. */
    public Database freshDatabase(Collection<Role> roles) {
        return database("test_" + UUID.randomUUID().toString().replace("-", ""), roles);
    }

    /** A connection as superuser. */
    public Connection connect(String database) throws SQLException {
        return server.getDatabase("postgres", database).getConnection();
    }

    /** Starts after {@link #stop()} or {@link #kill()}; answers when the server takes connections. */
    public synchronized Postgres start() {
        if (server != null) {
            return this;
        }
        try {
            replaceOrphan();
            var builder = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setRegisterShutdownHook(false)
                    .setPort(port)
                    .setPGStartupWait(Duration.ofSeconds(60))
                    .setServerConfig("listen_addresses", "localhost")
                    .setServerConfig("fsync", durable ? "on" : "off")
                    .setServerConfig("full_page_writes", durable ? "on" : "off")
                    .setServerConfig("synchronous_commit", durable ? "on" : "off")
                    .setServerConfig("max_connections", "200")
                    .setServerConfig("shared_buffers", "256MB")
                    .setLocaleConfig("locale", "C.UTF-8");
            if (programs != null) {
                Files.createDirectories(programs);
                builder.setOverrideWorkingDirectory(programs.toFile());
            }
            server = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(data + ": PostgreSQL does not start", e);
        }
        execute("postgres", roleExists(LOGIN), "create role " + LOGIN + " login");
        return this;
    }

    private void role(Role role) {
        execute("postgres", roleExists(role.name()), "create role " + role + " nologin");
        execute(
                "postgres",
                "select 1 where pg_has_role('" + LOGIN + "', '" + role + "', 'member')",
                "grant " + role + " to " + LOGIN);
    }

    private static String roleExists(String name) {
        return "select 1 from pg_roles where rolname = '" + name + "'";
    }

    private void execute(String database, String unless, String statement) {
        try (var connection = connect(database);
                var sql = connection.createStatement()) {
            try (var found = sql.executeQuery(unless)) {
                if (found.next()) {
                    return;
                }
            }
            sql.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(statement, e);
        }
    }

    /**
     * A server that outlived its parent still holds the data, with the settings of its own start; it is stopped properly, so that ours apply.
     */
    private void replaceOrphan() throws IOException {
        var orphan = postmaster();
        if (orphan != null) {
            orphan.destroy();
            awaitExit(orphan);
        }
    }

    private ProcessHandle postmaster() throws IOException {
        var file = data.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return null;
        }
        var lines = Files.readAllLines(file);
        if (lines.isEmpty()) {
            return null;
        }
        return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
                .filter(process -> process.info()
                        .command()
                        .map(command -> command.contains("postgres"))
                        .orElse(false))
                .orElse(null);
    }

    private static void awaitExit(ProcessHandle process) {
        try {
            process.onExit().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops, lets nobody finish, and keeps the data. */
    public synchronized void stop() {
        if (server != null) {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                server = null;
            }
        }
    }

    /** {@code kill -9}: connections break, and the next start recovers from the log. */
    public synchronized void kill() {
        try {
            var process = postmaster();
            if (process != null) {
                process.destroyForcibly();
                awaitExit(process);
            }
            stop();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close() {
        stop();
        if (temporary) {
            Folders.delete(data);
        }
    }
}
