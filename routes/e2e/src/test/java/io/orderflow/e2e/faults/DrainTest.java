package io.orderflow.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.app.Orderflow;
import io.orderflow.e2e.shop.Client;
import io.orderflow.e2e.shop.Instance;
import io.orderflow.e2e.shop.OrderForm;
import io.orderflow.e2e.shop.OwnProcess;
import io.orderflow.e2e.shop.Rush;
import io.orderflow.e2e.shop.Shop;
import io.orderflow.e2e.shop.Site;
import io.orderflow.testkit.Ports;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A replica is taken away under load, as a rolling upgrade does it: SIGTERM, and a moment later, when its readiness is
 * seen to be false, its customers go to the other one. None of them notices.
 */
class DrainTest {

    /** What a JVM that a signal ends gives by itself. */
    private static final int CUT_OFF = 143;

    private record Replica(OwnProcess process, Client http, Client management) implements AutoCloseable {

        static Replica at(Site site, String... settings) {
            int port = Ports.free();
            int management = Ports.free();
            return new Replica(
                    new OwnProcess(
                            Orderflow.class,
                            Instance.arguments(
                                    site,
                                    Stream.concat(
                                                    Stream.of(
                                                            "--server.port=" + port,
                                                            "--management.server.port=" + management,
                                                            "--orderflow.http.drain=3s"),
                                                    Stream.of(settings))
                                            .toArray(String[]::new))),
                    new Client(URI.create("http://localhost:" + port)),
                    new Client(URI.create("http://localhost:" + management)));
        }

        Replica awaitReady() {
            await().atMost(Shop.PATIENCE).ignoreExceptions().until(this::isReady);
            return this;
        }

        boolean isReady() {
            return management.get("/observe/health/readiness").status() == 200;
        }

        @Override
        public void close() {
            process.close();
        }
    }

    @Test
    void aReplicaThatIsTakenAwayFailsNoRequest() throws Exception {
        var site = Site.fresh();
        try (var shop = new Shop(site);
                var first = Replica.at(site);
                var second = Replica.at(site)) {
            shop.customersUse(first.awaitReady().http());
            second.awaitReady();
            var mug = shop.stocks(10_000);
            try (var load = new Rush(shop, 25, () -> OrderForm.anOrder().of(1, mug))) {
                load.accepts(25);

                first.process().terminate();
                await().pollInterval(Duration.ofMillis(200))
                        .atMost(Shop.PATIENCE)
                        .until(() -> !first.isReady());
                shop.customersUse(second.http());

                load.accepts(25);
                assertThat(first.process().awaitExit()).isZero();
                var orders = new ArrayList<>(load.ends());

                assertThat(load.refused()).isZero();
                assertThat(first.process().log().split("Started Orderflow")[1]).doesNotContain(" ERROR ", " WARN ");
                shop.settles(orders);
                assertThat(shop.outcomes()).isEqualTo(Map.of("CONFIRMED", (long) orders.size()));
            }
        }
    }

    /** Its mail is under way to a server that never says a word. */
    @Test
    void aReplicaThatHasToCutSomethingOffSaysSoAndEndsAsAnError() throws Exception {
        var site = Site.fresh();
        try (var silent = new ServerSocket(0);
                var shop = new Shop(site);
                var replica = Replica.at(site, "--orderflow.notifications.smtp-port=" + silent.getLocalPort())) {
            shop.customersUse(replica.awaitReady().http());
            shop.places(OrderForm.anOrder().of(1, shop.stocks(1)));
            try (var mail = silent.accept()) {
                assertThat(mail.isConnected()).isTrue();
                replica.process().terminate();

                assertThat(replica.process().awaitExit()).isEqualTo(CUT_OFF);
            }
            assertThat(replica.process().log()).contains("not finished in time: notifications: calls to the outside");
        }
    }
}
