package io.orderflow.e2e.faults;

import static io.orderflow.e2e.shop.OrderForm.anOrder;
import static io.orderflow.e2e.shop.Shop.PRICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.e2e.shop.Client;
import io.orderflow.e2e.shop.OrderForm;
import io.orderflow.e2e.shop.OwnProcess;
import io.orderflow.e2e.shop.PausedWorkers;
import io.orderflow.e2e.shop.RestAnswer;
import io.orderflow.e2e.shop.Rush;
import io.orderflow.e2e.shop.Shop;
import io.orderflow.e2e.shop.Site;
import io.orderflow.messaging.ReadOnlyConnections;
import io.orderflow.messaging.inbound.UnreliableClients;
import io.orderflow.testkit.Broker;
import io.orderflow.testkit.Ports;
import io.orderflow.testkit.Postgres;
import io.orderflow.testkit.Wire;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.health.actuate.endpoint.HealthEndpointGroups;
import org.springframework.boot.health.contributor.HealthContributors;
import org.springframework.boot.health.registry.HealthContributorRegistry;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is away comes back, under load, and nothing is lost or done twice. */
class OutageTest {

    @Test
    void theDatabaseMayBeAwayForTenSeconds() throws Exception {
        try (var postgres = Postgres.temporary();
                var shop = Shop.at(
                        Site.on(Broker.shared(), postgres), "--spring.datasource.hikari.connection-timeout=2000")) {
            var mug = shop.stocks(10_000);
            try (var load = new Rush(shop, 20, () -> anOrder().of(1, mug))) {
                load.accepts(40);
                postgres.stop();
                passes(Duration.ofSeconds(10));
                assertThat(load.refused()).isPositive();
                postgres.start();
                load.accepts(40);

                assertNothingLostOrDoneTwice(shop, load.ends(), load.forms(), mug);
            }
        }
    }

    @Test
    void aDatabaseThatFallsSilentIsGivenUpAndSoIsALockThatIsKept() throws Exception {
        var site = Site.fresh();
        try (var wire = Wire.to(site.database());
                var shop = Shop.at(
                        site,
                        "--roles=orders,inventory",
                        "--spring.datasource.url=" + wire.url(site.database()),
                        "--spring.datasource.hikari.connection-timeout=1000",
                        "--spring.datasource.hikari.data-source-properties.socketTimeout=2",
                        "--spring.datasource.hikari.data-source-properties.options=-c lock_timeout=500ms")) {
            var form = anOrder().of(1, shop.stocks(1));
            wire.fallSilent();
            shop.http().post("/orders", form.key(), form.json()).expect(503);
            wire.speak();
            var order = await().ignoreExceptions().until(() -> shop.places(form), Objects::nonNull);

            try (var frozen = site.postgres().connect(site.database().name());
                    var statement = frozen.createStatement()) {
                frozen.setAutoCommit(false);
                statement.execute("select from orders.orders where id = '" + order + "' for update");
                shop.cancels(order).expect(503);
                frozen.rollback();
            }
            await().until(() -> shop.cancels(order).status() == 202);
        }
    }

    @Test
    void anErrorOfTheDatabaseQuotesNoRow() {
        var sql = new JdbcTemplate(Shop.withEveryRole().instance().get(HikariDataSource.class));

        assertThatThrownBy(() -> sql.update("insert into inventory.stock_item (sku, on_hand) values ('secret', -7)"))
                .rootCause()
                .hasMessageContaining("stock_item")
                .hasMessageNotContaining("secret");
    }

    @Test
    void noWaitForADatabaseIsEndless() {
        var database = Shop.withEveryRole().instance().get(HikariDataSource.class);
        var sql = new JdbcTemplate(database);

        assertThat(database.getDataSourceProperties())
                .containsEntry("socketTimeout", "30")
                .containsEntry("tcpKeepAlive", "true");
        assertThat(sql.queryForObject("show lock_timeout", String.class)).isEqualTo("20s");
        assertThat(sql.queryForObject("show idle_in_transaction_session_timeout", String.class))
                .isEqualTo("30s");
        assertThat(database.getExceptionOverrideClassName()).isEqualTo(ReadOnlyConnections.class.getName());
    }

    @Test
    void whileTheBrokerIsAwayOrdersAreTakenAndChargesAreMadeAndAllAreConfirmedWhenItIsBack() throws Exception {
        try (var broker = Broker.temporary();
                var shop = Shop.at(
                        Site.on(broker, Postgres.shared()),
                        "--spring.main.sources=" + PausedWorkers.Module.class.getName())) {
            var workers = shop.instance().get(PausedWorkers.class);
            var mug = shop.stocks(6);
            var before = anOrder().of(1, mug);
            var meanwhile = Shop.orders(5, mug);
            workers.pause("payments.charge-order");
            var order = shop.places(before);
            workers.awaitOne();

            broker.stop();
            workers.goOn();
            shop.eventually(order).hasMoved(PRICE).comesTrue(() -> assertThat(
                            shop.sql().queryForObject("select count(*) from payments.outbox", Long.class))
                    .as("answers that wait for the broker")
                    .isPositive());
            var orders = new ArrayList<>(
                    meanwhile.subList(0, 4).stream().map(shop::places).toList());
            shop.eventually(order).comesTrue(() -> assertThat(shop.sql()
                            .queryForObject(
                                    "select count(*) from orders.outbox where created_at < now() - interval '5 seconds'",
                                    Long.class))
                    .as("orders that wait for the broker")
                    .isPositive());
            orders.add(shop.places(meanwhile.getLast()));
            assertThat(readiness(shop).status()).isEqualTo(200);
            assertThat(shop.looksAt(order).text("status")).isEqualTo("PENDING");
            broker.start();

            shop.eventually(order).isConfirmed().hasMoved(PRICE).hasMails(before, "confirmed");
            shop.comesToRest();
            assertThat(shop.chargesFor(order)).isEqualTo(1);
            shop.keepsItsBooks(meanwhile, orders);
            shop.eventuallyHas(mug, 0, 0, 6);
        }
    }

    @Test
    void nobodyButItsDatabaseKeepsAServiceFromBeingReady() {
        var service = Shop.withEveryRole().instance();
        var readiness = service.get(HealthEndpointGroups.class).get("readiness");

        assertThat(service.get(HealthContributorRegistry.class).stream().map(HealthContributors.Entry::name))
                .contains("camelHealth")
                .filteredOn(readiness::isMember)
                .containsExactlyInAnyOrder("readinessState", "db");
    }

    private static RestAnswer readiness(Shop shop) {
        return new Client(shop.instance().management()).get("/observe/health/readiness");
    }

    @Test
    @Tag("campaign")
    void theBrokerMayBeKilledAndTheIntakeGoesOn(@TempDir Path data) throws Exception {
        var broker = Broker.at(data, Ports.free());
        var site = Site.on(broker, Postgres.shared());
        broker.stop();
        var first = child(broker, data);
        try (var shop = Shop.at(site)) {
            var mug = shop.stocks(10_000);
            try (var load = new Rush(shop, 20, () -> anOrder().of(1, mug))) {
                load.accepts(40);
                first.kill();
                load.accepts(100);
                assertThat(load.refused()).isZero();
                try (var second = child(broker, data)) {
                    load.accepts(40);
                    assertNothingLostOrDoneTwice(shop, load.ends(), load.forms(), mug);
                    assertThat(load.refused()).isZero();
                    assertThat(second.isAlive()).isTrue();
                }
            }
        }
    }

    @Test
    void pollsThatFailWithAnAuthenticationErrorLoseAndRepeatNothing() throws Exception {
        try (var shop = Shop.at(
                Site.fresh(),
                "--spring.main.allow-bean-definition-overriding=true",
                "--spring.main.sources=" + UnreliableClients.Module.class.getName())) {
            var clients = shop.instance().get(UnreliableClients.class);
            var mug = shop.stocks(10_000);
            try (var load = new Rush(shop, 20, () -> anOrder().of(1, mug))) {
                load.accepts(20);
                clients.fail(10);
                await().atMost(Shop.PATIENCE).until(() -> clients.left() == 0);
                load.accepts(20);

                assertNothingLostOrDoneTwice(shop, load.ends(), load.forms(), mug);
                assertThat(load.refused()).isZero();
            }
        }
    }

    private static OwnProcess child(Broker broker, Path data) {
        var port = broker.address().substring(broker.address().lastIndexOf(':') + 1);
        var child = new OwnProcess(Broker.class, "--port=" + port, "--data=" + data);
        await().atMost(Shop.PATIENCE).until(() -> child.log().contains("ready"));
        return child;
    }

    private static void passes(Duration time) {
        var end = Instant.now().plus(time);
        await().atMost(time.multipliedBy(2)).until(() -> Instant.now().isAfter(end));
    }

    private static void assertNothingLostOrDoneTwice(
            Shop shop, List<UUID> orders, List<OrderForm> forms, Shop.Sku mug) {
        shop.settles(orders);
        shop.comesToRest();
        assertThat(orders).doesNotHaveDuplicates();
        assertThat(shop.outcomes()).isEqualTo(Map.of("CONFIRMED", (long) orders.size()));
        shop.keepsItsBooks(forms, orders);
        shop.eventuallyHas(mug, 10_000 - orders.size(), 0, orders.size());
    }
}
