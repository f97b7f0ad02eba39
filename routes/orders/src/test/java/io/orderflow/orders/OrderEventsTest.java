package io.orderflow.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.contracts.CancellationReason;
import io.orderflow.http.fixture.EdgeFixture;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An order's page is told each step of its history, once, in order, until nothing is owed to anybody. */
@Timeout(90)
class OrderEventsTest {

    private static final OrderStatesInMemory STATES = new OrderStatesInMemory();
    private static final AwaitedOrders AWAITED = new AwaitedOrders(STATES);

    @RegisterExtension
    static final EdgeFixture HTTP = EdgeFixture.of(
                    new OrdersApi(OrdersApiTest.CHANNELS, OrdersApiTest.QUERIES, OrdersApiTest.NO_KEYS, AWAITED))
            .with("orderflow.http.waits-of-a-caller=1");

    private final UUID id = UUID.randomUUID();
    private Order order = Told.pending(id);

    @Test
    void tellsEachStepUntilNothingIsOwedToAnybody() {
        is(order, "OrderCreated");
        var events = asks("ada", null);
        await().until(() -> waiting() == 1);
        is(order.with(StockStatus.RESERVED), "StockReserved");
        is(order.cancelled(CancellationReason.CUSTOMER), "OrderCancelled");
        is(order.with(PaymentStatus.REFUNDED, true), "PaymentRefunded");
        is(order.with(StockStatus.RELEASED), "StockReleased");

        var told = events.join();

        assertThat(told.statusCode()).isEqualTo(200);
        assertThat(told.headers().firstValue("Content-Type")).hasValue("text/event-stream;charset=utf-8");
        assertThat(told.body())
                .startsWith("retry: 2000\n\nid: 1\ndata: {\"at\":\"2026-03-01T12:00:00Z\",\"status\":\"PENDING\","
                        + "\"event\":\"OrderCreated\"}\n\n");
        assertThat(names(told))
                .containsExactly(
                        "1 OrderCreated",
                        "2 StockReserved",
                        "3 OrderCancelled",
                        "4 PaymentRefunded",
                        "5 StockReleased");
    }

    @Test
    void tellsWhoComesAgainWhatItDoesNotKnow() {
        is(order, "OrderCreated");
        is(order.cancelled(CancellationReason.CUSTOMER), "OrderCancelled");
        is(order.with(PaymentStatus.VOIDED, true), "PaymentVoided");
        is(order.with(StockStatus.RELEASED), "StockReleased");

        assertThat(names(asks("ada", "2").join())).containsExactly("3 PaymentVoided", "4 StockReleased");
        assertThat(names(asks("ada", "0").join())).hasSize(4);
        assertThat(names(asks("ada", "5").join()))
                .as("what this order has not had")
                .hasSize(4);
    }

    /** A 204 is what tells a browser that it need not come again. */
    @Test
    void sendsHomeWhoKnowsAll() {
        is(order, "OrderCreated");
        is(order.cancelled(CancellationReason.CUSTOMER), "OrderCancelled");
        is(order.with(PaymentStatus.VOIDED, true).with(StockStatus.RELEASED), "StockReleased");

        assertThat(asks("ada", "3").join().statusCode()).isEqualTo(204);
    }

    @Test
    void findsWhatAnotherInstanceWrites() {
        is(order, "OrderCreated");
        var events = asks("ada", null);
        await().until(() -> waiting() == 1);
        STATES.put(order.cancelled(CancellationReason.DEADLINE), "OrderCancelled");
        STATES.put(settled(), "StockReleased");
        HTTP.camel().createProducerTemplate().sendBody("direct:look-at-awaited", null);

        assertThat(names(events.join())).containsExactly("1 OrderCreated", "2 OrderCancelled", "3 StockReleased");
    }

    @Test
    void tellsNobodyOfAnothersOrder() {
        is(order, "OrderCreated");

        assertThat(asks("eve", null).join().statusCode()).isEqualTo(404);
        assertThat(HTTP.get("/orders/" + UUID.randomUUID() + "/events", "X-Customer-Id", "ada")
                        .statusCode())
                .isEqualTo(404);
        assertThat(HTTP.get("/orders/4711/events").statusCode()).isEqualTo(400);
        assertThat(asks("ada", "first").join().statusCode()).isEqualTo(400);
    }

    /** It is told what there is, and comes again. */
    @Test
    void whoFindsNoPlaceIsToldWhatThereIs() {
        is(order, "OrderCreated");
        var first = asks("ada", null);
        await().until(() -> waiting() == 1);

        assertThat(names(asks("ada", null).join())).containsExactly("1 OrderCreated");
        assertThat(asks("ada", "1").join().body()).isEqualTo("retry: 2000\n\n");

        is(order.cancelled(CancellationReason.CUSTOMER), "OrderCancelled");
        is(settled(), "StockReleased");
        assertThat(names(first.join())).hasSize(3);
    }

    private Order settled() {
        return order.cancelled(CancellationReason.DEADLINE)
                .with(PaymentStatus.VOIDED, true)
                .with(StockStatus.RELEASED);
    }

    private void is(Order now, String event) {
        order = now;
        STATES.put(order, event);
        AWAITED.tell(List.of(order));
    }

    private static List<String> names(HttpResponse<String> told) {
        return told.body()
                .replaceAll("\ndata: .*\"event\":\"", " ")
                .lines()
                .filter(line -> line.startsWith("id: "))
                .map(line -> line.substring(4, line.length() - 2))
                .toList();
    }

    private CompletableFuture<HttpResponse<String>> asks(String caller, String lastId) {
        var path = "/orders/" + id + "/events";
        return CompletableFuture.supplyAsync(
                () -> lastId == null
                        ? HTTP.get(path, "X-Customer-Id", caller)
                        : HTTP.get(path, "X-Customer-Id", caller, "Last-Event-ID", lastId),
                Executors.newVirtualThreadPerTaskExecutor());
    }

    private static double waiting() {
        return HTTP.bean(MeterRegistry.class)
                .get("orderflow.http.waits")
                .gauge()
                .value();
    }
}
