package io.orderflow.messaging.schema;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.contracts.Role;
import io.orderflow.messaging.Failures;
import io.orderflow.messaging.ServiceModule;
import io.orderflow.messaging.Stopper;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.MigrateResult;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Brings a role's schema up to date before anything uses it: first the backbone's tables, then the service's own, each
 * with a history of its own so that either may grow without regard to the other. It works as the role's migrator, who
 * owns what it makes; the role itself may only read and write rows, of its own schema, and read the histories.
 */
public final class Migrations {

    private static final Logger log = LoggerFactory.getLogger(Migrations.class);
    private static final String BACKBONE = "messaging";
    private static final Duration LONGEST_GIVING_WAY = Duration.ofMinutes(5);

    /** A lock that is not got in time, and one that is not got because its holder waits for ours. */
    private static final Set<String> LOCKED = Set.of("55P03", "40P01");

    private Migrations() {}

    /**
     * As the role's migrator, or as a login that may become it; any number of processes may do so at once.
     *
     * @param more what the service needs beyond its own, {@link ServiceModule#moreMigrations}
     */
    public static void migrate(DataSource database, Role role, List<String> more) {
        for (var part : parts(role, more)) {
            var result = givingWay(flyway(new Patient(database), role, part)
                    .initSql(becomeMigrator(role))
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .callbacks(new KeepHistoryTrue(role, history(part)))
                    .load());
            if (result.migrationsExecuted > 0) {
                log.info("schema {}: {} brought to version {}", role, part, result.targetSchemaVersion);
            }
        }
        leaveNoRoleBehind(database);
    }

    /**
     * Whoever waits for a table's lock keeps everybody waiting who comes after: so a migration gives up soon, and is
     * tried again.
     */
    private static MigrateResult givingWay(Flyway flyway) {
        long deadline = System.nanoTime() + LONGEST_GIVING_WAY.toNanos();
        for (int attempt = 1; ; attempt++) {
            try {
                return flyway.migrate();
            } catch (FlywayException e) {
                if (!isLocked(Failures.root(e)) || System.nanoTime() - deadline > 0) {
                    throw e;
                }
                log.info("A table is in use; the migration is tried again: {}", Failures.describe(e));
                new Stopper().pause(Stopper.backoff(attempt), "migration");
            }
        }
    }

    private static boolean isLocked(Throwable failure) {
        return failure instanceof SQLException sql && LOCKED.contains(sql.getSQLState());
    }

    /**
     * Waits, as the role itself, until a migrator has brought the schema as far as this version needs it. A newer
     * schema does as well: a migration only adds to what the version before it uses.
     *
     * @throws IllegalStateException if that has not happened in time
     */
    public static void await(DataSource database, Role role, List<String> more, Duration patience) {
        var stopper = new Stopper();
        var stop = new Thread(stopper::stop);
        Runtime.getRuntime().addShutdownHook(stop);
        long deadline = System.nanoTime() + patience.toNanos();
        var lack = lack(database, role, more);
        for (int attempt = 1; lack.isPresent(); attempt++) {
            if (System.nanoTime() - deadline >= 0) {
                throw new IllegalStateException("orderflow.messaging.schema: await, and after " + patience + " schema "
                        + role + " has " + lack.get() + " (expected: --migrate --roles=" + role + " has run)");
            }
            if (attempt == 1) {
                log.info("Waiting for schema {}: {}", role, lack.get());
            }
            stopper.pause(Stopper.backoff(attempt), "schema " + role);
            lack = lack(database, role, more);
        }
        Runtime.getRuntime().removeShutdownHook(stop);
    }

    /** What a schema has not yet of what this version needs; so it is with a database that is away. */
    private static Optional<String> lack(DataSource database, Role role, List<String> more) {
        try {
            var lacking = parts(role, more).stream()
                    .flatMap(part -> Arrays.stream(
                                    flyway(database, role, part).load().info().pending())
                            .map(migration -> part + " " + migration.getVersion()))
                    .collect(Collectors.joining(", "));
            return lacking.isEmpty() ? Optional.empty() : Optional.of("not " + lacking);
        } catch (RuntimeException e) {
            if (!Failures.isInfrastructure(e)) {
                throw e;
            }
            return Optional.of("no database: " + Failures.describe(e));
        }
    }

    private static List<String> parts(Role role, List<String> more) {
        return Stream.concat(Stream.of(BACKBONE, role.name()), more.stream()).toList();
    }

    private static FluentConfiguration flyway(DataSource database, Role role, String part) {
        return Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(database)
                .schemas(role.name())
                .createSchemas(true)
                .table(history(part))
                .locations("classpath:db/" + part)
                // Others than this version may have migrated: a later one, and an earlier one with what is not needed
                // any more.
                .ignoreMigrationPatterns("*:future", "*:missing")
                .failOnMissingLocations(part.equals(BACKBONE));
    }

    private static String history(String part) {
        return "migrations_" + part;
    }

    /** Connections that worked as the migrator go from the pool: whoever borrowed one next would still be it. */
    private static void leaveNoRoleBehind(DataSource database) {
        try {
            if (database.isWrapperFor(HikariDataSource.class)) {
                database.unwrap(HikariDataSource.class).getHikariPoolMXBean().softEvictConnections();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the pool does not give its connections up", e);
        }
    }

    /** A migration may take as long as it needs, and so may the connection that holds its lock meanwhile. */
    private static final class Patient extends DelegatingDataSource {

        private Patient(DataSource database) {
            super(database);
        }

        @Override
        public Connection getConnection() throws SQLException {
            var connection = super.getConnection();
            connection.setNetworkTimeout(Runnable::run, 0);
            return connection;
        }
    }

    /**
     * What the migrator makes from now on, its role may use; what may not be changed later says so where it is made.
     */
    private static String becomeMigrator(Role role) {
        return """
                set idle_in_transaction_session_timeout = 0;
                set lock_timeout = '2s';
                set role "%1$s_migrator";
                alter default privileges revoke execute on functions from public;
                alter default privileges grant usage on schemas to "%1$s";
                alter default privileges grant select, insert, update, delete on tables to "%1$s";
                alter default privileges grant execute on functions to "%1$s";""".formatted(role);
    }
}
