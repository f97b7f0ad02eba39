package io.orderflow.e2e.saga;

import static io.orderflow.e2e.shop.OrderForm.anOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.opentelemetry.sdk.trace.data.SpanData;
import io.orderflow.e2e.shop.Client;
import io.orderflow.e2e.shop.Shop;
import io.orderflow.e2e.shop.Site;
import io.orderflow.e2e.shop.Spans;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whoever looks at a request in a page of traces sees all that it caused as one tree, from the POST to the mail. */
class RequestTraceTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String CALLER = "00f067aa0ba902b7";

    private static Shop shop;

    @BeforeAll
    static void open() {
        shop = Shop.at(
                Site.fresh(),
                "--spring.main.sources=" + Spans.Module.class.getName(),
                "--orderflow.messaging.spans=true");
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void theMailHangsBelowThePost() {
        var form = anOrder().of(1, shop.stocks(1));
        var customer = new Client(shop.instance().address(), "traceparent", "00-" + TRACE + "-" + CALLER + "-01");
        customer.post("/orders", form.key(), form.json()).expect(202);

        var spans = shop.instance().get(Spans.class);
        await().atMost(Shop.PATIENCE).untilAsserted(() -> {
            var byId = byId(spans);
            assertThat(byId.values()).extracting(SpanData::getName).contains("notifications.send-mail");
            assertThat(byId.values())
                    .as("each hangs below one that was told, or below the caller's")
                    .allMatch(span -> byId.containsKey(span.getParentSpanId())
                            || span.getParentSpanId().equals(CALLER));
        });
        assertThat(shop.mailsTo(form)).hasSize(1);
        var byId = byId(spans);
        var mail = byId.values().stream()
                .filter(span -> span.getName().equals("notifications.send-mail"))
                .findFirst()
                .orElseThrow();
        // Below what came last, the outcome or the contact.
        assertThat(above(mail, byId)).startsWith("notifications.send-mail").endsWith("orders.take-order");
    }

    private static Map<String, SpanData> byId(Spans spans) {
        return spans.of(TRACE).stream().collect(Collectors.toMap(SpanData::getSpanId, span -> span));
    }

    /** The span's name, and those of all above it. */
    private static List<String> above(SpanData span, Map<String, SpanData> byId) {
        List<String> names = new ArrayList<>();
        for (var one = span; one != null; one = byId.get(one.getParentSpanId())) {
            names.add(one.getName());
        }
        return names;
    }
}
