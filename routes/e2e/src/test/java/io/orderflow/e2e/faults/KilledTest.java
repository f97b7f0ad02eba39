package io.orderflow.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.app.Orderflow;
import io.orderflow.e2e.shop.Client;
import io.orderflow.e2e.shop.Instance;
import io.orderflow.e2e.shop.Mailbox;
import io.orderflow.e2e.shop.OrderForm;
import io.orderflow.e2e.shop.OwnProcess;
import io.orderflow.e2e.shop.Rush;
import io.orderflow.e2e.shop.Shop;
import io.orderflow.e2e.shop.Site;
import io.orderflow.testkit.Broker;
import io.orderflow.testkit.Ports;
import io.orderflow.testkit.Postgres;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code kill -9}, at the moments that matter. The app is a process of its own. */
class KilledTest {

    private final int port = Ports.free();

    @Test
    void whatWasAcceptedButNotYetSaidIsSaidByTheNextStart() {
        try (var broker = Broker.temporary();
                var shop = new Shop(Site.on(broker, Postgres.shared()))) {
            List<UUID> orders;
            List<OrderForm> forms;
            Shop.Sku mug;
            try (var app = app(shop)) {
                mug = shop.stocks(20);
                broker.stop();
                forms = Shop.orders(20, mug);
                orders = shop.placesAll(forms);
                assertThat(shop.sql().queryForObject("select count(*) from orders.outbox", Integer.class))
                        .isEqualTo(40);
                app.kill();
            }
            broker.start();

            try (var app = app(shop)) {
                orders.forEach(order -> shop.eventually(order).isConfirmed());
                shop.comesToRest();
                shop.keepsItsBooks(forms, orders);
                shop.eventuallyHas(mug, 0, 0, 20);
                assertThat(app.isAlive()).isTrue();
            }
        }
    }

    @Test
    @Tag("campaign")
    void aProcessThatIsKilledUnderLoadLosesAndRepeatsNothing() throws Exception {
        try (var shop = new Shop(Site.fresh());
                var first = app(shop)) {
            var mug = shop.stocks(10_000);
            try (var load = new Rush(shop, 25, () -> OrderForm.anOrder().of(1, mug))) {
                load.accepts(60);
                first.kill();
                try (var second = app(shop)) {
                    load.accepts(60);
                    var orders = new ArrayList<>(load.ends());
                    shop.settles(orders);
                    shop.comesToRest();

                    assertThat(orders).doesNotHaveDuplicates();
                    assertThat(shop.outcomes()).isEqualTo(Map.of("CONFIRMED", (long) orders.size()));
                    for (int i = 0; i < orders.size(); i++) {
                        shop.eventually(orders.get(i)).hasMoved(Shop.PRICE);
                        assertThat(shop.mailsTo(load.forms().get(i)))
                                .extracting(Mailbox.Mail::messageId)
                                .hasSizeBetween(1, 2)
                                .containsOnly(shop.mailsTo(load.forms().get(i))
                                        .getFirst()
                                        .messageId());
                    }
                    assertThat(load.forms().stream()
                                    .mapToInt(form -> shop.mailsTo(form).size())
                                    .sum())
                            .as("mails: copies only of those under way, in both lanes")
                            .isLessThanOrEqualTo(orders.size() + 32);
                    shop.eventuallyHas(mug, 10_000 - orders.size(), 0, orders.size());
                    assertThat(second.isAlive()).isTrue();
                }
            }
        }
    }

    private OwnProcess app(Shop shop) {
        var app = new OwnProcess(
                Orderflow.class,
                Instance.arguments(shop.site(), "--server.port=" + port).stream()
                        .toList());
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
