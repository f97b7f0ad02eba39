package io.orderflow.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresTest {

    @Test
    void isDurableByItsSettingsAndKeepsItsDataThroughAKill(@TempDir Path folder) throws Exception {
        var postgres = Postgres.at(folder.resolve("data"), null, Ports.free());
        try {
            assertThat(show(postgres, "server_version")).startsWith("18.");
            assertThat(show(postgres, "fsync")).isEqualTo("on");
            assertThat(show(postgres, "synchronous_commit")).isEqualTo("on");
            var database = postgres.database("shop", Topology.ORDERFLOW.roles());
            execute(
                    database,
                    "set role orders_migrator; create schema orders; grant usage on schema orders to orders;"
                            + " create table orders.kept as select 42 as answer; grant select on orders.kept to orders");

            postgres.kill();
            postgres.start();

            assertThat(query(database, "select answer from orders.kept")).isEqualTo("42");
        } finally {
            postgres.close();
        }
    }

    @Test
    void givesTheLoginEveryRoleOfTheSystem() throws Exception {
        var database = Postgres.shared().freshDatabase();

        for (var role : Topology.ORDERFLOW.roles()) {
            assertThat(query(database, "select pg_has_role('orderflow', '" + role + "', 'member')"))
                    .as(role.name())
                    .isEqualTo("t");
        }
    }

    @Test
    void makesWhatARoleNeedsThatIsDeclaredWhenTheDataAreThereAlready(@TempDir Path folder) throws Exception {
        var billing = new Role("billing");
        int port = Ports.free();
        try (var postgres = Postgres.at(folder.resolve("data"), null, port)) {
            var database = postgres.database("shop", Topology.ORDERFLOW.roles());
            execute(database, "set role orders_migrator; create schema orders");
        }
        try (var postgres = Postgres.at(folder.resolve("data"), null, port)) {
            List<Role> more = new ArrayList<>(Topology.ORDERFLOW.roles());
            more.add(billing);

            var database = postgres.database("shop", more);

            execute(
                    database,
                    "set role billing_migrator; create schema billing; create table billing.invoice (id int);"
                            + " grant usage on schema billing to billing; grant select on billing.invoice to billing;"
                            + " set role billing; select * from billing.invoice");
        }
    }

    private static String show(Postgres postgres, String setting) throws SQLException {
        try (var connection = postgres.connect("postgres");
                var rows = connection.createStatement().executeQuery("show " + setting)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static String query(Postgres.Database database, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(database.url(), database.user(), "");
                var rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static void execute(Postgres.Database database, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(database.url(), database.user(), "")) {
            connection.createStatement().execute(sql);
        }
    }
}
