package io.orderflow.messaging;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.contracts.Role;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Brings a role's schema up to date before anything uses it: first the backbone's tables, then the service's own, each with a history of its own so that
 * either may grow without regard to the other. It works as the role's database role, which owns what it makes.
 */
final class Migrations {

    private Migrations() {}

    static void migrate(DataSource database, Role role) {
        migrate(database, role, "messaging");
        migrate(database, role, role.name());
        leaveNoRoleBehind(database);
    }

    /** Connections that worked as the role go from the pool: whoever borrowed one next would still be it. */
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
        Flyway.configure(Migrations.class.getClassLoader())
                .dataSource(database)
                .initSql("set role \"" + role + "\"")
                .schemas(role.name())
                .createSchemas(true)
                .table("migrations_" + part)
                .locations("classpath:db/" + part)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .failOnMissingLocations(part.equals("messaging"))
                .load()
                .migrate();
    }
}
