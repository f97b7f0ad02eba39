package io.orderflow.messaging.counter;

import io.orderflow.contracts.Role;
import io.orderflow.messaging.schema.Migrations;
import io.orderflow.testkit.Postgres;
import java.util.List;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Databases with a role's schema as the backbone makes it at start-up, for tests of a service's own statements. */
public final class Schemas {

    private Schemas() {}

    /**
     * A database of its own; each connection is a new one.
     *
     * @param more migrations beyond the role's own
     */
    public static DriverManagerDataSource fresh(Role role, String... more) {
        var database = Postgres.shared().freshDatabase();
        var source = new DriverManagerDataSource(database.url(), database.user(), "");
        Migrations.migrate(source, role, List.of(more));
        return source;
    }
}
