package io.orderflow.e2e.faults;

import static io.orderflow.e2e.shop.OrderForm.anOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.app.Orderflow;
import io.orderflow.e2e.shop.Client;
import io.orderflow.e2e.shop.Instance;
import io.orderflow.e2e.shop.OwnProcess;
import io.orderflow.e2e.shop.Rush;
import io.orderflow.e2e.shop.Shop;
import io.orderflow.e2e.shop.Site;
import io.orderflow.testkit.Broker;
import io.orderflow.testkit.Ports;
import io.orderflow.testkit.Postgres;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What a process says while a server that it works with is away: a line when it goes and a line when it is back,
 * whatever fails meanwhile, however often.
 */
class OutageLogsTest {

    private static final Duration AWAY = Duration.ofSeconds(8);

    private final int port = Ports.free();
    private final int management = Ports.free();

    @Test
    void aDatabaseThatIsAwayUnderLoadIsTwoLines() throws Exception {
        try (var postgres = Postgres.temporary();
                var shop = new Shop(Site.on(Broker.shared(), postgres));
                var app = app(shop)) {
            var mug = shop.stocks(10_000);
            var load = new Rush(shop, 20, () -> anOrder().of(1, mug));
            load.accepts(40);

            postgres.kill();
            passes(AWAY);
            postgres.start();
            load.accepts(40);
            shop.settles(load.ends());

            assertThat(unusual(app))
                    .satisfiesExactly(
                            line -> assertThat(line).contains(" WARN ", "the database does not answer: "),
                            line -> assertThat(line)
                                    .containsPattern("INFO .*the database answers again after [0-9]+ s"));
        }
    }

    @Test
    void aBrokerThatIsAwayUnderLoadIsTwoLines() throws Exception {
        try (var broker = Broker.temporary();
                var shop = new Shop(Site.on(broker, Postgres.shared()));
                var app = app(shop)) {
            var mug = shop.stocks(10_000);
            var load = new Rush(shop, 20, () -> anOrder().of(1, mug));
            load.accepts(40);

            broker.stop();
            passes(AWAY.multipliedBy(3));
            broker.start();
            load.accepts(40);
            shop.settles(load.ends());

            assertThat(unusual(app))
                    .satisfiesExactly(
                            line -> assertThat(line).contains(" WARN ", "the brokers do not answer: "),
                            line -> assertThat(line).containsPattern("INFO .*the brokers answer again after [0-9]+ s"));
        }
    }

    /** All but what somebody did, as the sweeper with what was left behind. */
    private static List<String> unusual(OwnProcess app) {
        return app.log()
                .split("Started Orderflow[^\n]*\n")[1]
                .lines()
                .filter(line -> !line.contains(" INFO ") || line.contains("Outages"))
                .toList();
    }

    /** Somebody looks at the process' health meanwhile, as a cluster does, and somebody at the products. */
    private void passes(Duration time) {
        var end = Instant.now().plus(time);
        var health = new Client(URI.create("http://localhost:" + management));
        var customer = new Client(URI.create("http://localhost:" + port));
        await().pollInterval(Duration.ofSeconds(1)).atMost(time.multipliedBy(3)).until(() -> {
            health.get("/observe/health");
            customer.get("/products");
            return Instant.now().isAfter(end);
        });
    }

    private OwnProcess app(Shop shop) {
        var app = new OwnProcess(
                Orderflow.class,
                Instance.arguments(
                        shop.site(),
                        "--server.port=" + port,
                        "--management.server.port=" + management,
                        "--logging.level.root=info",
                        "--spring.datasource.hikari.connection-timeout=2000"));
        var client = new Client(URI.create("http://localhost:" + port));
        await().atMost(Shop.PATIENCE).ignoreExceptions().until(() -> {
            if (!app.isAlive()) {
                throw new AssertionError(app.log());
            }
            return client.get("/products").status() == 200;
        });
        shop.customersUse(client);
        return app;
    }
}
