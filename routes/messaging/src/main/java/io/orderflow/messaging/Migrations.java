package io.orderflow.messaging;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.contracts.Role;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Brings a role's schema up to date before anything uses it: first the backbone's tables, then the service's own, each with a history of its own so that
 * either may grow without regard to the other. It works as the role's migrator, who owns what it makes; the role itself may only read and write rows, of its own
 * schema and not of the histories.
 */
final class Migrations {

    private Migrations() {}

    static void migrate(DataSource database, Role role) {
        migrate(database, role, "messaging");
        migrate(database, role, role.name());
        leaveNoRoleBehind(database);
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

    private static void migrate(DataSource database, Role role, String part) {
        var history = "migrations_" + part;
        Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(new Patient(database))
                .initSql(becomeMigrator(role))
                .schemas(role.name())
                .createSchemas(true)
                .table(history)
                .locations("classpath:db/" + part)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .failOnMissingLocations(part.equals("messaging"))
                .callbacks(new KeepHistoryPrivate(role, history))
                .load()
                .migrate();
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

    /** What the migrator makes from now on, its role may use; what may not be changed later says so where it is made. */
    private static String becomeMigrator(Role role) {
        return """
                set idle_in_transaction_session_timeout = 0;
                set role "%1$s_migrator";
                alter default privileges revoke execute on functions from public;
                alter default privileges grant usage on schemas to "%1$s";
                alter default privileges grant select, insert, update, delete on tables to "%1$s";
                alter default privileges grant execute on functions to "%1$s";""".formatted(role);
    }
}
