package io.orderflow.e2e.saga;

import static io.orderflow.contracts.Role.CONSOLE;
import static io.orderflow.contracts.Topology.WITH_CONSOLE;
import static io.orderflow.e2e.shop.OrderForm.anOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.e2e.cluster.GuardedSite;
import io.orderflow.e2e.house.RouteNames;
import io.orderflow.e2e.shop.EventsDocument;
import io.orderflow.e2e.shop.Instance;
import io.orderflow.e2e.shop.Shop;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.apache.camel.CamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Console beside the services whose orders it tells of. */
class ConsoleTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void itTellsOfEachOrderWhatWasSaidAndMissesNothingWhileItIsStopped() throws Exception {
        try (var shop = Shop.withConsole()) {
            var instance = shop.instance();
            var mug = shop.stocks(1);
            var confirmed = shop.places(anOrder().of(1, mug));
            shop.eventually(confirmed).isConfirmed();
            shop.takesOut(CONSOLE);
            var refunded = shop.places(anOrder().of(1, mug));
            var declined = shop.places(anOrder().of(1, shop.stocks(1)).paidWith("tok_declined"));
            shop.settles(List.of(refunded, declined));
            shop.takesBack(CONSOLE);
            shop.comesToRest();

            assertIsTold(shop, confirmed, "CONFIRMED", null);
            assertIsTold(shop, refunded, "CANCELLED", "OUT_OF_STOCK");
            assertIsTold(shop, declined, "CANCELLED", "PAYMENT_DECLINED");
            assertThat(RouteNames.misnamed(instance.get(CamelContext.class))).isEmpty();
            assertThatItParksAsEveryReader(shop);
        }
    }

    /** And says so as the document of the events has it. */
    private static void assertThatItParksAsEveryReader(Shop shop) {
        var order = UUID.randomUUID();
        shop.writes("order_events", order.toString(), "{}".getBytes(StandardCharsets.UTF_8));
        shop.eventually(order).comesTrue(() -> assertThat(shop.journal().of(order))
                .filteredOn(entry -> entry.topic().equals("dead_letters"))
                .filteredOn(EventsDocument.served()::isOurs)
                .hasSize(4)
                .flatMap(EventsDocument.served()::mistakes)
                .isEmpty());
    }

    private static void assertIsTold(Shop shop, UUID order, String state, String reason) throws Exception {
        var story = get(shop.instance(), "/ops/orders/" + order + "/story");
        assertThat(story.at("/state").asText()).as(story.toString()).isEqualTo(state);
        assertThat(story.at("/reason").textValue()).isEqualTo(reason);
        assertThat(story.at("/settled").asBoolean()).as(story.toString()).isTrue();
        var types = new ArrayList<String>();
        story.at("/events").forEach(event -> types.add(event.at("/type").asText()));
        assertThat(types).containsExactlyInAnyOrderElementsOf(shop.saidOf(order));
        for (var event : story.at("/events")) {
            boolean isFirst = event.at("/type").asText().equals("OrderCreated");
            assertThat(event.at("/after").isNull()).as(event.toString()).isEqualTo(isFirst);
            assertThat(event.at("/service_millis").isNull()).isEqualTo(isFirst);
            assertThat(event.at("/outbox_millis").asLong()).isGreaterThanOrEqualTo(0);
        }
    }

    /** Hearing, and reading again, on a broker that grants what the declaration says and nothing else. */
    @Test
    void itNeedsNoRightsButThoseOfTheDeclaration(@TempDir Path folder) throws Exception {
        try (var guarded = new GuardedSite(WITH_CONSOLE, folder);
                var shop = new Shop(guarded.site(), WITH_CONSOLE)) {
            shop.starts();
            var settings = new ArrayList<>(List.of(guarded.settings(CONSOLE)));
            settings.add("--roles=console");
            var console = shop.starts(settings.toArray(String[]::new));
            var order = shop.places(anOrder().of(1, shop.stocks(1)));
            shop.eventually(order).isConfirmed();
            await().atMost(Shop.PATIENCE)
                    .until(() -> get(console, "/ops/orders?order=" + order + "&state=CONFIRMED")
                                    .at("/items")
                                    .size()
                            == 1);

            var asked = HTTP.send(
                    HttpRequest.newBuilder(console.ops().resolve("/ops/orders/rebuilds"))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofString("{\"reason\":\"to see it\"}"))
                            .build(),
                    BodyHandlers.ofString());

            assertThat(asked.statusCode()).as(asked.body()).isEqualTo(202);
            await().atMost(Shop.PATIENCE)
                    .until(() -> get(console, "/ops/orders/rebuilds")
                                    .at("/items/0/events")
                                    .asInt()
                            == 4);
        }
    }

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static JsonNode get(Instance instance, String path) throws IOException, InterruptedException {
        var answer =
                HTTP.send(HttpRequest.newBuilder(instance.ops().resolve(path)).build(), BodyHandlers.ofString());
        return JSON.readTree(answer.body());
    }
}
