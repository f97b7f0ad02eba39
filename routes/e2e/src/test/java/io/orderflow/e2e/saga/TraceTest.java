package io.orderflow.e2e.saga;

import static io.orderflow.e2e.shop.OrderForm.anOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.e2e.shop.Client;
import io.orderflow.e2e.shop.Shop;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Whoever asks what became of a request finds all of it under one trace, through flows, workers and services. */
class TraceTest {

    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final Shop shop = Shop.withEveryRole();

    @Test
    void everyEventOfAnOrderBelongsToTheTraceOfItsRequest() {
        var order = placedWith(TRACE);

        shop.eventually(order).isConfirmed().isSettled();
        await().atMost(Shop.PATIENCE).untilAsserted(() -> assertThat(tracesOf(order))
                .containsExactlyInAnyOrder(
                        "OrderContact " + TRACE,
                        "OrderCreated " + TRACE,
                        "PaymentCompleted " + TRACE,
                        "StockReserved " + TRACE,
                        "OrderConfirmed " + TRACE));
    }

    @Test
    void aTraceOfAWrongFormIsNone() {
        var order = placedWith("00-nonsense");

        shop.eventually(order).isConfirmed().isSettled();
        assertThat(tracesOf(order)).isNotEmpty().allSatisfy(one -> assertThat(one)
                .endsWith(" none"));
    }

    private UUID placedWith(String traceparent) {
        var form = anOrder().of(1, shop.stocks(1));
        var customer = new Client(shop.instance().address(), "traceparent", traceparent);
        return UUID.fromString(
                customer.post("/orders", form.key(), form.json()).expect(202).text("id"));
    }

    private List<String> tracesOf(UUID order) {
        var traces = new ArrayList<String>();
        for (var entry : shop.journal().withContactOf(order)) {
            var trace = "none";
            for (var header : entry.headers()) {
                if (header.key().equals("traceparent")) {
                    trace = new String(header.value(), StandardCharsets.UTF_8);
                }
            }
            traces.add(entry.type() + " " + trace);
        }
        return traces;
    }
}
