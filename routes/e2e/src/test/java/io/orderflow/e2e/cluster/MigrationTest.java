package io.orderflow.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.app.Orderflow;
import io.orderflow.e2e.shop.Client;
import io.orderflow.e2e.shop.Instance;
import io.orderflow.e2e.shop.OwnProcess;
import io.orderflow.e2e.shop.Shop;
import io.orderflow.e2e.shop.Site;
import io.orderflow.testkit.Ports;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Schemas as on a cluster: a migrator's login brings each up to date, the service waits for that with a login that
 * could not do it itself, and goes on running when a newer version has migrated.
 */
class MigrationTest {

    private final Site site = Site.unmigrated();

    @Test
    void aServiceWaitsUntilItsMigratorHasRunAndRunsOnANewerSchemaToo() {
        int port = Ports.free();
        try (var shop = new Shop(site);
                var orders = service("orders", "--management.server.port=" + port)) {
            await().atMost(Shop.PATIENCE)
                    .until(() -> orders.log().contains("Waiting for schema orders: not messaging 1"));

            assertThat(migrates("orders", "orders_migrator")).isZero();

            await().atMost(Shop.PATIENCE).ignoreExceptions().until(() -> isReady(port));
            assertThat(schemas(shop)).containsExactly("orders");
        }
        newerVersionHasMigrated();
        assertThat(migrates("orders", "orders_migrator")).isZero();
        try (var orders = service("orders", "--management.server.port=" + port)) {
            await().atMost(Shop.PATIENCE).ignoreExceptions().until(() -> isReady(port));
            assertThat(orders.log()).doesNotContain("Waiting");
        }
    }

    @Test
    void aServiceWhoseMigratorDoesNotRunSaysSo() {
        try (var payments = service("payments", "--orderflow.messaging.schema-patience=0s")) {
            assertThat(payments.awaitExit()).isNotZero();
            assertThat(payments.log())
                    .containsPattern("does not start: .*after PT0S schema payments has not messaging 1,"
                            + " .*payments 1, payments 3, payments 5, provider 1")
                    .contains("(expected: --migrate --roles=payments has run)")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void aMigrationThatFailsIsToldInOneLine() {
        try (var process = migrator("inventory", "--spring.datasource.username=inventory")) {
            assertThat(process.awaitExit()).isEqualTo(1);
            assertThat(process.log())
                    .contains("orderflow does not migrate: schema inventory: ERROR: permission denied to set role"
                            + " \"inventory_migrator\" (expected: a database with a login that is inventory_migrator or may become"
                            + " it)")
                    .doesNotContain("\tat ");
        }
        try (var process = migrator(
                "inventory",
                "--spring.datasource.url=" + site.database().url() + "_nowhere",
                "--spring.datasource.hikari.initialization-fail-timeout=1")) {
            assertThat(process.awaitExit()).isEqualTo(1);
            assertThat(process.log())
                    .contains("orderflow does not migrate: spring.datasource.url: FATAL: database")
                    .contains("(expected: a database that lets us in)")
                    .doesNotContain("\tat ");
        }
    }

    private void newerVersionHasMigrated() {
        try (var shop = new Shop(site)) {
            for (var history : List.of("migrations_messaging", "migrations_orders")) {
                shop.asSuperuser("""
                        insert into orders.%1$s select installed_rank + 100, '999', 'of the next version', type, script,
                            checksum, installed_by, installed_on, execution_time, success
                        from orders.%1$s order by installed_rank desc limit 1""".formatted(history));
            }
        }
    }

    private int migrates(String role, String login) {
        try (var process = migrator(role, "--spring.datasource.username=" + login)) {
            return process.awaitExit();
        }
    }

    /** It is told of no broker that exists. */
    private OwnProcess migrator(String role, String... settings) {
        return process(Stream.concat(
                Stream.of("--migrate", "--roles=" + role, "--orderflow.messaging.brokers=localhost:1"),
                Stream.of(settings)));
    }

    private OwnProcess service(String role, String... settings) {
        return process(Stream.concat(
                Stream.of(
                        "--roles=" + role,
                        "--spring.datasource.username=" + role,
                        "--orderflow.messaging.schema=await"),
                Stream.of(settings)));
    }

    private OwnProcess process(Stream<String> settings) {
        return new OwnProcess(
                Orderflow.class, new ArrayList<>(Instance.arguments(site, settings.toArray(String[]::new))));
    }

    private static boolean isReady(int port) {
        return new Client(URI.create("http://localhost:" + port))
                        .get("/observe/health/readiness")
                        .status()
                == 200;
    }

    private static List<String> schemas(Shop shop) {
        return shop.sql()
                .queryForList(
                        "select nspname from pg_namespace where nspname !~ '^pg_' and nspname not in ('information_schema',"
                                + " 'public')",
                        String.class);
    }
}
