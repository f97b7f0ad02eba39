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
import java.net.URI;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Processes of the last release beside those of this version, on one broker and one database, under load: an upgrade
 * without a pause, and the way back.
 */
class ReleasedVersionTest {

    /** A setting that the last release refuses, for it does not know it. */
    private static final String UNKNOWN_BEFORE = "--orderflow.http.requests-under-way";

    @Test
    @Tag("campaign")
    void eachVersionTakesOverFromTheOtherUnderLoad() throws Exception {
        var released = Released.classPath();
        try (var shop = new Shop(Site.unmigrated());
                var old = app(shop, released)) {
            var mug = shop.stocks(10_000);
            try (var load = new Rush(shop, 10, () -> OrderForm.anOrder().of(1, mug))) {
                load.accepts(40);
                try (var current = app(shop, OwnProcess.classPath())) {
                    load.accepts(40);
                    ends(old);
                    load.accepts(40);
                    try (var back = app(shop, released)) {
                        load.accepts(40);
                        ends(current);
                        load.accepts(40);
                        var orders = load.ends();
                        shop.keepsItsBooks(load.forms(), orders);
                        shop.comesToRest();

                        assertThat(orders).doesNotHaveDuplicates();
                        assertThat(shop.outcomes()).containsOnlyKeys("CONFIRMED");
                        shop.eventuallyHas(mug, 10_000 - orders.size(), 0, orders.size());
                        assertThat(back.isAlive()).isTrue();
                    }
                }
            }
        }
    }

    @Test
    void theNewestReleaseIsTheFirstThatTheChangelogNames() {
        var newest = "b".repeat(40);

        assertThat(Released.newest("## Unreleased\n\n- This.\n")).isEmpty();
        assertThat(Released.newest("## Unreleased\n\n## 0.2.0 - 2027-01-01\n\nCommit: " + newest
                        + "\n\n## 0.1.0 - 2026-11-29\n\nCommit: " + "a".repeat(40) + "\n"))
                .isEqualTo(newest);
    }

    /** One more process of a version; customers go to it as soon as it answers. */
    private static OwnProcess app(Shop shop, String classPath) {
        int port = Ports.free();
        var arguments = Instance.arguments(shop.site(), "--server.port=" + port).stream()
                .filter(argument -> !argument.startsWith(UNKNOWN_BEFORE))
                .toList();
        var app = new OwnProcess(classPath, Orderflow.class, arguments);
        var client = new Client(URI.create("http://localhost:" + port));
        // It starts beside another under load, on a machine that may be small.
        await().atMost(Shop.PATIENCE.multipliedBy(4))
                .ignoreExceptions()
                .failFast(() -> assertThat(app.isAlive()).as(app.log()).isTrue())
                .until(() -> client.get("/products").status() == 200);
        shop.customersUse(client);
        return app;
    }

    private static void ends(OwnProcess app) {
        assertThat(app.isAlive()).as(app.log()).isTrue();
        app.terminate();
        app.awaitExit();
    }
}
