package io.orderflow.e2e.edge;

import static io.orderflow.e2e.shop.OrderForm.anOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.e2e.shop.Instance;
import io.orderflow.e2e.shop.PausedWorkers;
import io.orderflow.e2e.shop.Shop;
import io.orderflow.e2e.shop.Shop.Sku;
import io.orderflow.e2e.shop.Site;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients wait at one instance for what any instance writes, and hold nothing that others need. */
class WaitingClientsTest {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final String WAITING = "--orderflow.http.longest-wait=2m";
    private static final int CONNECTIONS = 6;

    private static Shop shop;
    private static Sku mug;

    @BeforeAll
    static void open() {
        shop = Shop.at(Site.fresh(), "--spring.main.sources=" + PausedWorkers.Module.class.getName());
        mug = shop.stocks(1_000);
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @AfterEach
    void goOn() {
        workers().goOn();
    }

    /** More than there are connections to the database; half of the answers are heard by the other instance. */
    @Test
    void manyWaitWhereAnotherInstanceEndsTheirOrders() throws Exception {
        var second =
                shop.starts("--roles=orders", WAITING, "--spring.datasource.hikari.maximum-pool-size=" + CONNECTIONS);
        workers().pause("payments.charge-order");
        double endedElsewhere = ended(shop.instance());
        var answers = IntStream.range(0, 40).mapToObj(i -> places(second)).toList();
        await().atMost(Shop.PATIENCE).until(() -> waiting(second) == answers.size());

        await().until(() ->
                second.get(HikariDataSource.class).getHikariPoolMXBean().getActiveConnections() == 0);
        assertThat(HTTP.send(request(second, "/orders?limit=1").build(), BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
        workers().goOn();

        for (var one : answers) {
            var answer = one.join();
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body()).contains("\"status\":\"CONFIRMED\"");
            assertThat(answer.headers().firstValue("Preference-Applied")).hasValue("wait=120");
        }
        assertThat(ended(shop.instance())).as("orders that the other one ended").isGreaterThan(endedElsewhere);
        shop.stops(second);
    }

    @Test
    void aStreamTellsWhatAnotherInstanceWrites() throws Exception {
        var second = shop.starts("--roles=orders", WAITING);
        workers().pause("payments.charge-order");
        var order = shop.places(anOrder().of(1, mug));
        var events =
                HTTP.sendAsync(request(second, "/orders/" + order + "/events").build(), BodyHandlers.ofString());
        await().atMost(Shop.PATIENCE).until(() -> waiting(second) == 1);
        workers().goOn();

        assertThat(events.join().body())
                .contains("id: 1\ndata: {\"at\":")
                .contains("\"event\":\"StockReserved\"", "\"event\":\"PaymentCompleted\"")
                .endsWith("\"status\":\"CONFIRMED\",\"event\":\"OrderConfirmed\"}\n\n");
        var known = request(second, "/orders/" + order + "/events").header("Last-Event-ID", "4");
        assertThat(HTTP.send(known.build(), BodyHandlers.ofString()).statusCode())
                .isEqualTo(204);
        shop.stops(second);
    }

    /** What was accepted is answered as accepted, and a stream ends as it would after its time. */
    @Test
    void whoWaitsIsAnsweredWhenTheInstanceStops() throws Exception {
        var second = shop.starts("--roles=orders", WAITING);
        workers().pause("payments.charge-order");
        var order = shop.places(anOrder().of(1, mug));
        var placed = places(second);
        var events =
                HTTP.sendAsync(request(second, "/orders/" + order + "/events").build(), BodyHandlers.ofString());
        await().atMost(Shop.PATIENCE).until(() -> waiting(second) == 2);

        long began = System.nanoTime();
        shop.stops(second);

        assertThat(placed.join().statusCode()).isEqualTo(202);
        assertThat(placed.join().headers().firstValue("Connection")).hasValue("close");
        assertThat(events.join().body()).contains("\"event\":\"OrderCreated\"");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(60));
        workers().goOn();
        shop.eventually(UUID.fromString(new ObjectMapper()
                        .readTree(placed.join().body())
                        .path("id")
                        .asText()))
                .isConfirmed();
    }

    private static PausedWorkers workers() {
        return shop.instance().get(PausedWorkers.class);
    }

    private static CompletableFuture<HttpResponse<String>> places(Instance at) {
        var request = request(at, "/orders")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .header("Prefer", "wait=120")
                .POST(BodyPublishers.ofString(anOrder().of(1, mug).json()));
        return HTTP.sendAsync(request.build(), BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request(Instance at, String path) {
        return HttpRequest.newBuilder(at.address().resolve(path)).timeout(Shop.PATIENCE);
    }

    private static double waiting(Instance at) {
        return at.get(MeterRegistry.class).get("orderflow.http.waits").gauge().value();
    }

    private static double ended(Instance at) {
        return at.get(MeterRegistry.class).get("orders.end.to.end").timer().count();
    }
}
