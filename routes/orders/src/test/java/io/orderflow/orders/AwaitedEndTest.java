package io.orderflow.orders;

import static io.orderflow.orders.Told.TOTAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.contracts.CancellationReason;
import io.orderflow.contracts.ContactErased;
import io.orderflow.contracts.Event;
import io.orderflow.http.fixture.EdgeFixture;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/** Who prefers to wait for an order's end is answered with it, and otherwise as everybody is. */
@Timeout(90)
class AwaitedEndTest {

    private static final OrderStatesInMemory STATES = new OrderStatesInMemory();
    private static final AwaitedOrders AWAITED = new AwaitedOrders(STATES);

    @RegisterExtension
    static final EdgeFixture HTTP = EdgeFixture.of(
                    new OrdersApi(OrdersApiTest.CHANNELS, OrdersApiTest.QUERIES, OrdersApiTest.NO_KEYS, AWAITED))
            .with("orderflow.http.waits-of-a-caller=1");

    private final UUID id = UUID.randomUUID();

    @BeforeEach
    void accept() {
        HTTP.mock("order").whenAnyExchangeReceived(exchange -> {
            var asked = exchange.getMessage().getBody();
            var query = asked instanceof AwaitedEnd end ? end.query() : (OrderQuery) asked;
            exchange.getMessage().setBody(STATES.shown(query));
        });
        isPlaced(List.of(new ContactErased(id, Instant.EPOCH)));
    }

    private void isPlaced(List<Event> said) {
        HTTP.mock("placements").whenAnyExchangeReceived(exchange -> {
            STATES.put(Told.pending(id), "OrderCreated");
            exchange.getMessage().setBody(new Placed(new Placement.Accepted(id, TOTAL), said));
        });
    }

    @Test
    void anOrderIsAnsweredWithItsEnd() {
        var answer = places("wait=30");
        await().until(() -> waiting() == 1);

        endsHere();

        var order = answer.join();
        assertThat(order.statusCode()).as(order.body()).isEqualTo(200);
        assertThat(order.body()).startsWith("{\"id\":\"" + id + "\",\"status\":\"CANCELLED\"");
        assertThat(order.headers().firstValue("Preference-Applied")).hasValue("wait=30");
        assertThat(order.headers().firstValue("Location")).hasValue("/orders/" + id);
        assertThat(order.headers().firstValue("Retry-After")).isEmpty();
        assertThat(order.headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(order.body())
                .isEqualTo(HTTP.get("/orders/" + id, "X-Customer-Id", "ada").body());
    }

    /** Another instance has heard the last answer: this one sees it in the database. */
    @Test
    void anEndThatAnotherInstanceWritesIsFound() {
        var answer = places("wait=30");
        await().until(() -> waiting() == 1);

        STATES.put(ended(), "OrderCancelled");
        look();

        assertThat(answer.join().statusCode()).isEqualTo(200);
    }

    @Test
    void whatDoesNotEndIsAnsweredAsItIsStored() {
        var waited = places("wait=1").join();
        var plain = places(null).join();

        assertThat(waited.statusCode()).isEqualTo(202);
        assertThat(waited.body()).isEqualTo(plain.body());
        assertThat(waited.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(waited.headers().firstValue("Preference-Applied")).isEmpty();
    }

    /** The order is stored: a database that goes away while its client waits takes nothing from it. */
    @Test
    void whatFailsWhileItIsWaitedForIsAnsweredAsItIsStored() {
        HTTP.mock("order").whenAnyExchangeReceived(exchange -> {
            throw new CannotGetJdbcConnectionException("away");
        });
        var answer = places("wait=30");
        await().until(() -> waiting() == 1);

        endsHere();

        assertThat(answer.join().statusCode()).as(answer.join().body()).isEqualTo(202);
        assertThat(answer.join().body()).isEqualTo(places(null).join().body());
        assertThat(waiting()).isZero();
    }

    /** What is stored under the key is the 202, and a repeated order waits like the first one. */
    @Test
    void aRepeatedOrderIsAnsweredWithItsEndToo() {
        isPlaced(List.of());
        HTTP.mock("placements").whenAnyExchangeReceived(exchange -> exchange.getMessage()
                .setBody(Placed.nothing(new Placement.Accepted(id, TOTAL))));
        STATES.put(ended(), "OrderCancelled");

        var again = places("wait=30").join();
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.headers().firstValue("Idempotent-Replayed")).hasValue("true");
        assertThat(again.headers().firstValue("Preference-Applied")).hasValue("wait=30");

        var plain = places(null).join();
        assertThat(plain.statusCode()).isEqualTo(202);
        assertThat(plain.headers().firstValue("Idempotent-Replayed")).hasValue("true");
    }

    @Test
    void anOrderThatIsAskedForIsWaitedForAndTaggedAsEver() {
        STATES.put(Told.pending(id), "OrderCreated");
        var answer = shows("ada", "wait=30");
        await().until(() -> waiting() == 1);

        endsHere();

        assertThat(answer.join().statusCode()).isEqualTo(200);
        assertThat(answer.join().body()).contains("CANCELLED");
        assertThat(answer.join().headers().firstValue("Preference-Applied")).hasValue("wait=30");
        assertThat(answer.join().headers().firstValue("ETag")).isPresent();
    }

    @Test
    void anOrderThatIsAskedForAndDoesNotEndIsShownAsItIs() {
        STATES.put(Told.pending(id), "OrderCreated");

        var answer = shows("ada", "wait=1").join();

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("PENDING");
        assertThat(answer.headers().firstValue("Preference-Applied")).isEmpty();
    }

    /** Not even that there is one: who asks for another's is answered at once, as for none. */
    @Test
    void nobodyWaitsForAnothersOrder() {
        STATES.put(Told.pending(id), "OrderCreated");
        long began = System.nanoTime();

        assertThat(shows("eve", "wait=30").join().statusCode()).isEqualTo(404);

        assertThat(System.nanoTime() - began).isLessThan(20_000_000_000L);
        assertThat(waiting()).isZero();
    }

    @Test
    void whoFindsNoPlaceIsAnsweredAtOnce() {
        STATES.put(Told.pending(id), "OrderCreated");
        var waits = shows("ada", "wait=30");
        await().until(() -> waiting() == 1);

        assertThat(places("wait=30").join().statusCode()).isEqualTo(202);
        assertThat(shows("ada", "wait=30").join().statusCode()).isEqualTo(200);

        endsHere();
        waits.join();
        assertThat(places(null).join().statusCode()).isEqualTo(202);
    }

    @Test
    void nothingIsLookedAtWhileNobodyWaits() {
        STATES.put(Told.pending(id), "OrderCreated");
        int before = STATES.looks.get();
        look();
        places(null).join();
        shows("ada", null).join();
        assertThat(STATES.looks.get()).isEqualTo(before);

        var waits = shows("ada", "wait=30");
        await().until(() -> waiting() == 1);
        look();
        assertThat(STATES.looks.get()).isEqualTo(before + 2);
        endsHere();
        waits.join();
        look();
        assertThat(STATES.looks.get()).isEqualTo(before + 2);
    }

    private Order ended() {
        return Told.pending(id).cancelled(CancellationReason.CUSTOMER);
    }

    private void endsHere() {
        STATES.put(ended(), "OrderCancelled");
        AWAITED.tell(List.of(ended()));
    }

    private static void look() {
        HTTP.camel().createProducerTemplate().sendBody("direct:look-at-awaited", null);
    }

    private CompletableFuture<HttpResponse<String>> places(String preference) {
        return CompletableFuture.supplyAsync(
                () -> preference == null
                        ? HTTP.post("/orders", OrdersApiTest.GOOD, "X-Customer-Id", "ada", "Idempotency-Key", "k")
                        : HTTP.post(
                                "/orders",
                                OrdersApiTest.GOOD,
                                "X-Customer-Id",
                                "ada",
                                "Idempotency-Key",
                                "k",
                                "Prefer",
                                preference),
                Executors.newVirtualThreadPerTaskExecutor());
    }

    private CompletableFuture<HttpResponse<String>> shows(String caller, String preference) {
        return CompletableFuture.supplyAsync(
                () -> preference == null
                        ? HTTP.get("/orders/" + id, "X-Customer-Id", caller)
                        : HTTP.get("/orders/" + id, "X-Customer-Id", caller, "Prefer", preference),
                Executors.newVirtualThreadPerTaskExecutor());
    }

    private static double waiting() {
        return HTTP.bean(MeterRegistry.class)
                .get("orderflow.http.waits")
                .gauge()
                .value();
    }
}
