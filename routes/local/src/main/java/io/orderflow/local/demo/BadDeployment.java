package io.orderflow.local.demo;

import io.orderflow.testkit.Postgres;
import java.sql.DriverManager;
import java.sql.SQLException;

/**
 * A migration of inventory that nobody should have let through: from now on no line of a reservation may have more than
 * one piece. The services run as before, and whatever wants two pieces of something fails for good: that is what parks
 * an event.
 */
final class BadDeployment {

    private static final String APPLY = """
            alter table inventory.reservation add constraint one_piece_a_line
                check (not jsonb_path_exists(lines, '$[*] ? (@.quantity > 1)')) not valid""";

    private static final String MEND = "alter table inventory.reservation drop constraint one_piece_a_line";

    private final String database;

    BadDeployment(String database) {
        this.database = database;
    }

    void apply() throws SQLException {
        migrate(APPLY);
    }

    void mend() throws SQLException {
        migrate(MEND);
    }

    /** As migrations are made, by the owner of the schema. */
    private void migrate(String statement) throws SQLException {
        try (var connection = DriverManager.getConnection(database, Postgres.LOGIN, "");
                var sql = connection.createStatement()) {
            sql.execute("set role inventory_migrator");
            sql.execute(statement);
        }
    }
}
