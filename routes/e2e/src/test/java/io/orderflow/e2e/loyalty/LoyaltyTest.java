package io.orderflow.e2e.loyalty;

import static io.orderflow.e2e.loyalty.LoyaltyChannels.LOYALTY;
import static io.orderflow.e2e.shop.OrderForm.anOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.e2e.cluster.GuardedSite;
import io.orderflow.e2e.house.RouteNames;
import io.orderflow.e2e.shop.Instance;
import io.orderflow.e2e.shop.Shop;
import io.orderflow.e2e.shop.Site;
import io.orderflow.testkit.Broker;
import io.orderflow.testkit.Postgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A participant that is added joins the conversation, with every guarantee and without a change to anybody else. */
class LoyaltyTest {

    @Test
    void aNewParticipantHearsTheStoryFromItsBeginningAndTellsItsOwn() {
        var site = Site.on(Broker.shared(), Postgres.shared(), LoyaltyApplication.TOPOLOGY);
        try (var shop = new Shop(site, LoyaltyApplication.TOPOLOGY)) {
            shop.starts();
            var mug = shop.stocks(5);
            var early = shop.places(anOrder().of(2, mug));
            shop.eventually(early).isConfirmed();
            var settings = new ArrayList<>(Instance.arguments(site));
            settings.add("--spring.main.web-application-type=none");

            try (var loyalty = LoyaltyApplication.start(settings.toArray(String[]::new))) {
                var late = shop.places(anOrder().of(1, mug));
                var declined = shop.places(anOrder().of(1, mug).paidWith("tok_declined"));

                shop.eventually(early)
                        .comesTrue(() -> assertThat(shop.saidOf(early)).contains("PointsGranted"));
                shop.eventually(late)
                        .comesTrue(() -> assertThat(shop.saidOf(late)).contains("PointsGranted"));
                shop.eventually(declined).isSettled();
                shop.repeats(shop.journal().of(early));
                shop.comesToRest();

                assertThat(shop.sql().queryForList("select points from loyalty.points order by points", Integer.class))
                        .containsExactly(12, 25);
                assertThat(shop.saidOf(declined)).doesNotContain("PointsGranted");
                assertThat(loyalty.isRunning()).isTrue();
                assertThat(RouteNames.misnamed(loyalty.getBean(CamelContext.class)))
                        .isEmpty();
            }
        }
    }

    @Test
    void whatItSetsAsideIsToldOnABrokerThatEnforcesRights(@TempDir Path folder) throws Exception {
        try (var guarded = new GuardedSite(LoyaltyApplication.TOPOLOGY, folder);
                var shop = new Shop(guarded.site(), LoyaltyApplication.TOPOLOGY)) {
            var settings = new ArrayList<>(Instance.arguments(guarded.site(), guarded.settings(LOYALTY)));
            settings.add("--spring.main.web-application-type=none");
            var order = UUID.randomUUID();

            try (var loyalty = LoyaltyApplication.start(settings.toArray(String[]::new))) {
                shop.writes("order_events", order.toString(), "not an event".getBytes(StandardCharsets.UTF_8));

                await().atMost(Shop.PATIENCE).untilAsserted(() -> assertThat(
                                shop.journal().all())
                        .filteredOn(entry -> entry.topic().equals("dead_letters"))
                        .singleElement()
                        .satisfies(entry -> assertThat(
                                        entry.body().at("/payload/service").textValue())
                                .isEqualTo("loyalty")));
                assertThat(loyalty.isRunning()).isTrue();
            }
        }
    }
}
