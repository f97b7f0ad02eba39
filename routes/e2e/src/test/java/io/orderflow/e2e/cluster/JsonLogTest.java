package io.orderflow.e2e.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.app.Orderflow;
import io.orderflow.e2e.shop.Instance;
import io.orderflow.e2e.shop.OwnProcess;
import io.orderflow.e2e.shop.Shop;
import io.orderflow.e2e.shop.Site;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * The log as a cluster collects it: each line is a JSON object, and one about an order carries its id and the event's.
 */
class JsonLogTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void eachLineIsAnObjectThatNamesItsOrderAndEvent() {
        var site = Site.fresh();
        var order = UUID.randomUUID();
        var event = UUID.randomUUID();
        try (var shop = new Shop(site);
                var orders = new OwnProcess(
                        Orderflow.class,
                        Instance.arguments(site, "--roles=orders", "--logging.structured.format.console=ecs"))) {
            shop.writes("payment_events", order.toString(), declined(event, order));

            await().atMost(Shop.PATIENCE).until(() -> orders.log().contains("parked"));

            assertThat(lines(orders))
                    .allSatisfy(
                            line -> assertThat(line.path("@timestamp").asText()).isNotEmpty())
                    .filteredOn(line -> line.path("message").asText().contains("parked"))
                    .singleElement()
                    .satisfies(line -> {
                        assertThat(line.path("order_id").asText()).isEqualTo(order.toString());
                        assertThat(line.path("event_id").asText()).isEqualTo(event.toString());
                        assertThat(line.path("log").path("level").asText()).isEqualTo("WARN");
                    });
        }
    }

    /** The last one may not have been written whole yet. */
    private static List<JsonNode> lines(OwnProcess process) {
        var text = process.log();
        return text.substring(0, text.lastIndexOf('\n'))
                .lines()
                .map(JsonLogTest::parsed)
                .toList();
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (Exception e) {
            throw new AssertionError("no JSON: " + line, e);
        }
    }

    /** An order that orders has never taken. */
    private static byte[] declined(UUID event, UUID order) {
        return """
                {"event_id":"%s","event_type":"PaymentDeclined","event_version":1,"occurred_at":"%s","order_id":"%s",
                 "sequence":1,"payload":{"code":"card_declined"}}""".formatted(event, Instant.now(), order).getBytes(StandardCharsets.UTF_8);
    }
}
