package io.orderflow.testkit;

import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * A real PostgreSQL 18 on the loopback interface, with a login {@code orderflow} that is a member of the services'
 * database roles, each of which is a login as well. It can be stopped, killed, and started again on the same data and
 * port, and be a process of its own.
 */
public final class Postgres implements AutoCloseable {

    /** The login of a process that runs every role, with no password: whoever reaches the loopback interface enters. */
    public static final String LOGIN = "orderflow";

    private static Postgres shared;

    private final Path data;
    private final Path programs;
    private final boolean temporary;
    private final boolean durable;
    private final int port;
    private final Map<String, String> more = new HashMap<>();
    private EmbeddedPostgres server;

    private Postgres(Path data, Path programs, boolean temporary, boolean durable, int port) {
        this.data = data.toAbsolutePath();
        this.programs = programs;
        this.temporary = temporary;
        this.durable = durable;
        this.port = port;
    }

    /** On a free port, with data that go when it is closed; it does not wait for the disk, so that tests are quick. */
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

    /**
     * A server as a process of its own: {@code --port=15432 --data=folder --programs=folder}, and {@code --preload=}
     * for a library of PostgreSQL's own. See {@link Child}.
     */
    public static void main(String[] arguments) {
        Child.logToStandardError();
        var postgres = new Postgres(
                Path.of(Child.option(arguments, "data")),
                Path.of(Child.option(arguments, "programs")),
                false,
                true,
                Integer.parseInt(Child.option(arguments, "port")));
        Child.optional(arguments, "preload")
                .ifPresent(library -> postgres.more.put("shared_preload_libraries", library));
        postgres.start();
        Child.optional(arguments, "foreign").ifPresent(postgres::foreignDatabase);
        postgres.database(Child.option(arguments, "database"), Topology.WITH_CONSOLE.roles());
        Child.serve("PostgreSQL on localhost:" + postgres.port, postgres, postgres::await);
    }

    /** Where a database is and who may enter. */
    public record Database(String url, String user) {

        public String name() {
            return url.substring(url.lastIndexOf('/') + 1);
        }
    }

    /** A database of this name for these roles; made if it is not there. */
    public Database database(String name, Collection<Role> roles) {
        return database(name, roles, "");
    }

    private Database database(String name, Collection<Role> roles, String how) {
        try (var connection = connect("postgres");
                var sql = connection.createStatement()) {
            for (var role : roles) {
                role(sql, role);
            }
            execute(sql, "select 1 from pg_database where datname = '" + name + "'", "create database " + name + how);
            for (var role : roles) {
                execute(
                        sql,
                        "select 1 where has_database_privilege('" + migrator(role) + "', '" + name + "', 'create')",
                        "grant create on database " + name + " to " + migrator(role));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(name + ": database cannot be made", e);
        }
        return new Database("jdbc:postgresql://localhost:" + port + "/" + name, LOGIN);
    }

    /**
     * A database of somebody else's, with an owner of its name who alone may enter, as if it were on another server;
     * made if it is not there.
     */
    public Database foreignDatabase(String name) {
        try (var connection = connect("postgres");
                var sql = connection.createStatement()) {
            execute(sql, roleExists(name), "create role " + name + " login");
            execute(
                    sql,
                    "select 1 from pg_database where datname = '" + name + "'",
                    "create database " + name + " owner " + name);
            execute(
                    sql,
                    "select 1 where not has_database_privilege('" + LOGIN + "', '" + name + "', 'connect')",
                    "revoke connect on database " + name + " from public");
        } catch (SQLException e) {
            throw new IllegalStateException(name + ": database cannot be made", e);
        }
        return new Database("jdbc:postgresql://localhost:" + port + "/" + name, name);
    }

    /** The same, empty, for a test. */
    public Database freshForeignDatabase() {
        return foreignDatabase("foreign_" + UUID.randomUUID().toString().replace("-", ""));
    }

    /** An empty database of its own for a test, for the roles of the system. */
    public Database freshDatabase() {
        return freshDatabase(Topology.ORDERFLOW.roles());
    }

    /** An empty database of its own for a test. */
    public Database freshDatabase(Collection<Role> roles) {
        return database(freshName(), roles);
    }

    /** A database of its own for a test with all that another one has, to which nobody is connected. */
    public Database freshCopy(Database original, Collection<Role> roles) {
        return database(freshName(), roles, " template " + original.name());
    }

    private static String freshName() {
        return "test_" + UUID.randomUUID().toString().replace("-", "");
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
                    .setServerConfig("synchronous_commit", "on")
                    .setServerConfig("max_connections", "200")
                    .setServerConfig("shared_buffers", "256MB")
                    .setLocaleConfig("locale", "C.UTF-8");
            more.forEach(builder::setServerConfig);
            if (programs != null) {
                Files.createDirectories(programs);
                deleteHalfUnpacked();
                builder.setOverrideWorkingDirectory(programs.toFile());
            }
            server = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(data + ": PostgreSQL does not start", e);
        }
        try (var connection = connect("postgres");
                var sql = connection.createStatement()) {
            execute(sql, roleExists(LOGIN), "create role " + LOGIN + " login");
        } catch (SQLException e) {
            throw new IllegalStateException(data + ": the login cannot be made", e);
        }
        return this;
    }

    /**
     * What was being unpacked when its process died would make every later start fail; the library marks what is whole.
     */
    private void deleteHalfUnpacked() throws IOException {
        try (var folders = Files.list(programs)) {
            folders.filter(folder -> Files.isDirectory(folder) && !Files.exists(folder.resolve(".exists")))
                    .forEach(Folders::delete);
        }
    }

    /** The login works as every role at once, and can become a role's migrator only by saying so. */
    private static void role(Statement sql, Role role) throws SQLException {
        role(sql, role.name(), "");
        role(sql, migrator(role), " with inherit false, set true");
    }

    private static void role(Statement sql, String name, String how) throws SQLException {
        execute(sql, roleExists(name), "create role " + name + " login");
        execute(
                sql,
                "select 1 where pg_has_role('" + LOGIN + "', '" + name + "', 'member')",
                "grant " + name + " to " + LOGIN + how);
    }

    /** The database role that owns a role's schema. */
    private static String migrator(Role role) {
        return role + "_migrator";
    }

    private static String roleExists(String name) {
        return "select 1 from pg_roles where rolname = '" + name + "'";
    }

    private static void execute(Statement sql, String unless, String statement) throws SQLException {
        try (var found = sql.executeQuery(unless)) {
            if (found.next()) {
                return;
            }
        }
        sql.execute(statement);
    }

    /**
     * A server that outlived its parent still holds the data, with the settings of its own start, and would be adopted
     * with them; it is stopped first, so that ours apply.
     */
    private void replaceOrphan() throws IOException {
        var orphan = postmaster();
        if (orphan.isPresent()) {
            interrupt(orphan.get());
            awaitExit(orphan.get());
        }
    }

    /** The process that serves these data, by the file that PostgreSQL keeps for this. */
    private Optional<ProcessHandle> postmaster() throws IOException {
        try (var lines = Files.lines(data.resolve("postmaster.pid"))) {
            return lines.findFirst()
                    .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())))
                    .filter(this::serves);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Whether a process is ours: after a crash its number may have passed to another one. */
    private boolean serves(ProcessHandle process) {
        return process.info()
                .commandLine()
                .filter(line -> line.contains("postgres") && line.contains(data.toString()))
                .isPresent();
    }

    /** Asks for PostgreSQL's fast shutdown; a SIGTERM would wait until the last client has gone. */
    private static void interrupt(ProcessHandle process) throws IOException {
        new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start();
    }

    private void awaitExit(ProcessHandle process) {
        try {
            process.onExit().get(30, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(data + ": PostgreSQL does not end, process " + process.pid(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits until the server ends. */
    public void await() throws IOException, ExecutionException, InterruptedException {
        var postmaster = postmaster();
        if (postmaster.isPresent()) {
            postmaster.get().onExit().get();
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

    /** {@code kill -9} for all its processes: connections break, and the next start recovers from the log. */
    public synchronized void kill() {
        try {
            postmaster().ifPresent(postmaster -> {
                var processes = Stream.concat(Stream.of(postmaster), postmaster.descendants())
                        .toList();
                processes.forEach(ProcessHandle::destroyForcibly);
                processes.forEach(this::awaitExit);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        stop();
    }

    @Override
    public synchronized void close() {
        stop();
        if (temporary) {
            Folders.delete(data);
        }
    }
}
