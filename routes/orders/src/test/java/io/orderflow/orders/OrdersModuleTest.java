package io.orderflow.orders;

import static io.orderflow.orders.Told.completed;
import static io.orderflow.orders.Told.declined;
import static io.orderflow.orders.Told.released;
import static io.orderflow.orders.Told.reserved;
import static io.orderflow.orders.Told.voided;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.contracts.OrderCancelled;
import io.orderflow.contracts.OrderConfirmed;
import io.orderflow.contracts.Topology;
import io.orderflow.http.assembly.HttpModule;
import io.orderflow.messaging.Retention;
import io.orderflow.messaging.assembly.MessagingModule;
import io.orderflow.testkit.Broker;
import io.orderflow.testkit.Postgres;
import jakarta.persistence.EntityManagerFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.camel.CamelContext;
import org.apache.camel.EndpointInject;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.Route;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.test.spring.junit5.CamelSpringBootTest;
import org.apache.camel.test.spring.junit5.MockEndpoints;
import org.hibernate.SessionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.resttestclient.TestRestTemplate;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureTestRestTemplate;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpEntity;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Orders wired as an application wires it: the real backbone and edge, a real broker and database. */
@CamelSpringBootTest
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.jpa.open-in-view=false",
            "spring.jpa.properties.hibernate.generate_statistics=true",
            "camel.main.run-controller=false",
            "orderflow.ops.port=0",
            "orderflow.identity.mode=none",
            "orderflow.identity.insecure-trust-everyone=true"
        })
@AutoConfigureTestRestTemplate
@MockEndpoints("outbox:*")
class OrdersModuleTest {

    private static final String PREFIX = "t" + UUID.randomUUID() + "-";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SOON = Duration.ofSeconds(30);

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({MessagingModule.class, HttpModule.class, OrdersModule.class})
    static class Application {}

    @DynamicPropertySource
    static void place(DynamicPropertyRegistry settings) {
        Broker.shared().createTopics(Topology.ORDERFLOW, PREFIX, 1);
        var database = Postgres.shared().freshDatabase();
        settings.add("spring.datasource.url", database::url);
        settings.add("spring.datasource.username", database::user);
        settings.add("orderflow.messaging.brokers", Broker.shared()::address);
        settings.add("orderflow.messaging.prefix", () -> PREFIX);
    }

    @Autowired
    private CamelContext camel;

    @Autowired
    private ProducerTemplate producer;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private HikariDataSource pool;

    @Autowired
    private EntityManagerFactory entities;

    @Autowired
    private List<Retention> retentions;

    @EndpointInject("mock:outbox:orders.order_events")
    private MockEndpoint said;

    @EndpointInject("mock:outbox:orders.order_contacts")
    private MockEndpoint contacts;

    @BeforeEach
    void fillTheCatalogue() {
        said.reset();
        contacts.reset();
        jdbc.execute("set role orders_migrator; truncate orders.product, orders.product_price, orders.orders,"
                + " orders.order_line, orders.order_history, orders.idempotency_key; reset role");
        jdbc.update("insert into orders.product (sku, name) values ('CAP', 'Cap'), ('HAT', 'Hat'), ('MUG', 'Mug')");
        jdbc.update(
                "insert into orders.product_price values ('MUG', 'EUR', 1290), ('CAP', 'EUR', 5), ('HAT', 'USD', 7)");
    }

    @Test
    void carriesAnOrderFromItsPlacementToItsConfirmation() throws Exception {
        said.expectedMessageCount(4);
        said.message(2).body().isInstanceOf(OrderConfirmed.class);

        var id = placed("k-1");
        producer.requestBody("transaction:orders.inventory-events", reserved(id));
        assertThat(order(id).at("/status").textValue()).isEqualTo("PENDING");
        producer.requestBody("transaction:orders.payment-events", completed(id));

        var order = order(id);
        assertThat(order.at("/status").textValue()).isEqualTo("CONFIRMED");
        assertThat(order.at("/reason").isNull()).isTrue();
        assertThat(order.at("/payment_status").textValue()).isEqualTo("CAPTURED");
        assertThat(order.at("/settled").booleanValue()).isTrue();
        assertThat(order.at("/lines").toString())
                .isEqualTo(
                        "[{\"sku\":\"MUG\",\"quantity\":2,\"unit_price\":{\"amount_minor\":1290,\"currency\":\"EUR\"}}]");
        assertThat(order.at("/total").toString()).isEqualTo("{\"amount_minor\":2580,\"currency\":\"EUR\"}");
        assertThat(Instant.parse(order.at("/created_at").textValue()))
                .isBefore(Instant.now().plusSeconds(60));
        assertThat(order.at("/history"))
                .extracting(step ->
                        step.at("/event").textValue() + " " + step.at("/status").textValue())
                .containsExactly(
                        "OrderCreated PENDING",
                        "StockReserved PENDING",
                        "PaymentCompleted PENDING",
                        "OrderConfirmed CONFIRMED");
        assertThat(cancel(id).getStatusCode().value()).isEqualTo(409);
        MockEndpoint.assertIsSatisfied(said);
        assertThat(contacts.getExchanges())
                .extracting(exchange -> exchange.getMessage().getBody())
                .filteredOn(Placed.class::isInstance)
                .hasSize(1);
    }

    @Test
    void cancelsForTheCustomerAndTellsWhenThatIsSettled() {
        var id = placed("k-1");

        var first = cancel(id);
        var again = cancel(id);

        assertThat(first.getStatusCode().value()).isEqualTo(202);
        assertThat(first.getBody().at("/reason").textValue()).isEqualTo("CUSTOMER");
        assertThat(first.getBody().at("/settled").booleanValue()).isFalse();
        assertThat(again.getStatusCode().value()).isEqualTo(202);
        assertThat(again.getBody()).isEqualTo(first.getBody());
        producer.requestBody("transaction:orders.payment-events", voided(id));
        producer.requestBody("transaction:orders.inventory-events", released(id));
        assertThat(order(id).at("/settled").booleanValue()).isTrue();
    }

    @Test
    void hasNoOrderOfAnotherCaller() {
        var id = placed("k-1");

        assertThat(call(HttpMethod.GET, "/orders/" + id, null, "X-Customer-Id", "eve")
                        .getStatusCode()
                        .value())
                .isEqualTo(404);
        assertThat(call(HttpMethod.POST, "/orders/" + id + "/cancellation", null, "X-Customer-Id", "eve")
                        .getStatusCode()
                        .value())
                .isEqualTo(404);
        assertThat(call(HttpMethod.GET, "/orders", null, "X-Customer-Id", "eve")
                        .getBody()
                        .at("/items"))
                .isEmpty();
        assertThat(order(id).at("/status").textValue()).isEqualTo("PENDING");
    }

    @Test
    void makesOneOrderOfFiftyRequestsAtOnce() throws Exception {
        var start = new CountDownLatch(1);
        Set<String> answers = new HashSet<>();
        try (var clients = Executors.newFixedThreadPool(50)) {
            var running = IntStream.range(0, 50)
                    .mapToObj(i -> clients.submit(() -> {
                        start.await();
                        return place("k-1", "MUG", 2);
                    }))
                    .toList();
            start.countDown();
            for (var one : running) {
                answers.add(one.get().getStatusCode().value() + " " + one.get().getBody() + " "
                        + one.get().getHeaders().getLocation());
            }
        }
        assertThat(answers).hasSize(1).allMatch(answer -> answer.startsWith("202 "));
        assertThat(jdbc.queryForObject("select count(*) from orders.orders", Long.class))
                .isEqualTo(1);
        assertThat(place("k-1", "MUG", 3).getStatusCode().value()).isEqualTo(422);
    }

    @Test
    void refusesWhatTheCatalogueDoesNotPriceAndAcceptsItsNeighbours() throws Exception {
        try (var clients = Executors.newFixedThreadPool(20)) {
            var running = IntStream.range(0, 40)
                    .mapToObj(i -> clients.submit(() ->
                            place("k-" + i, List.of("MUG", "HAT", "PEN", "CAP").get(i % 4), 1)))
                    .toList();
            for (int i = 0; i < running.size(); i++) {
                assertThat(running.get(i).get().getStatusCode().value())
                        .isEqualTo(i % 4 == 0 || i % 4 == 3 ? 202 : 422);
            }
        }
        assertThat(place("k-41", "HAT", 1).getBody().at("/errors/0/pointer").textValue())
                .isEqualTo("/lines/0/sku");
    }

    @Test
    void listsOrdersNewestFirstPageByPage() {
        var ids =
                IntStream.range(0, 5).mapToObj(i -> placed("k-" + i).toString()).toList();
        producer.requestBody("transaction:orders.payment-events", declined(UUID.fromString(ids.get(1))));

        var first = call(HttpMethod.GET, "/orders?limit=2", null).getBody();
        var second = call(
                        HttpMethod.GET,
                        "/orders?limit=2&after=" + first.at("/next").textValue(),
                        null)
                .getBody();
        var third = call(
                        HttpMethod.GET,
                        "/orders?limit=2&after=" + second.at("/next").textValue(),
                        null)
                .getBody();

        assertThat(idsOf(first)).containsExactly(ids.get(4), ids.get(3));
        assertThat(idsOf(second)).containsExactly(ids.get(2), ids.get(1));
        assertThat(idsOf(third)).containsExactly(ids.get(0));
        assertThat(third.at("/next").isNull()).isTrue();
        assertThat(first.at("/items/0/links/self").textValue()).isEqualTo("/orders/" + ids.get(4));
        assertThat(idsOf(call(HttpMethod.GET, "/orders?status=CANCELLED", null).getBody()))
                .containsExactly(ids.get(1));
    }

    /** A page of them could have ten thousand lines. */
    @Test
    void readsOfAListsOrdersWhatItShowsAndNothingElse() {
        var id = placed("k-1");
        placed("k-2");
        var statistics = entities.unwrap(SessionFactory.class).getStatistics();
        long statements = statistics.getPrepareStatementCount();
        long loaded = statistics.getEntityLoadCount();

        var page = call(HttpMethod.GET, "/orders", null).getBody();

        assertThat(statistics.getPrepareStatementCount()).isEqualTo(statements + 1);
        assertThat(statistics.getEntityLoadCount()).isEqualTo(loaded);
        assertThat(page.at("/items/1").toString())
                .startsWith("{\"id\":\"" + id + "\",\"status\":\"PENDING\",\"reason\":null,"
                        + "\"payment_status\":\"PENDING\",\"settled\":false,"
                        + "\"total\":{\"amount_minor\":2580,\"currency\":\"EUR\"},\"created_at\":\"")
                .endsWith("\"links\":{\"self\":\"/orders/" + id + "\"}}");
    }

    @Test
    void changesTheCatalogueAndPricesTheNextOrderByIt() {
        var changed = put("MUG", "{\"name\":\"Big mug\",\"prices\":{\"EUR\":1590,\"USD\":1790}}");
        var added = put("PEN", "{\"name\":\"Pen\",\"prices\":{\"EUR\":100}}");

        assertThat(changed.getStatusCode().value()).isEqualTo(200);
        assertThat(changed.getBody().toString())
                .isEqualTo("{\"sku\":\"MUG\",\"name\":\"Big mug\",\"prices\":{\"EUR\":1590,\"USD\":1790}}");
        assertThat(added.getStatusCode().value()).isEqualTo(200);
        assertThat(put("MUG", "{\"name\":\"Big mug\",\"prices\":{\"EUR\":1490}}")
                        .getStatusCode()
                        .value())
                .isEqualTo(200);
        assertThat(place("k-1", "MUG", 2).getBody().at("/total/amount_minor").longValue())
                .isEqualTo(2_980);
        var page = call(HttpMethod.GET, "/products?limit=3", null).getBody();
        assertThat(page.at("/items"))
                .extracting(item -> item.at("/sku").textValue())
                .containsExactly("CAP", "HAT", "MUG");
        assertThat(call(
                                HttpMethod.GET,
                                "/products?limit=3&after=" + page.at("/next").textValue(),
                                null)
                        .getBody()
                        .toString())
                .isEqualTo("{\"items\":[{\"sku\":\"PEN\",\"name\":\"Pen\",\"prices\":{\"EUR\":100}}],\"next\":null}");
    }

    @Test
    void lastsThroughChangesOfOneArticleAtTheSameTime() throws Exception {
        try (var clients = Executors.newFixedThreadPool(8)) {
            var running = IntStream.range(1, 25)
                    .mapToObj(
                            i -> clients.submit(() -> put("NEW", "{\"name\":\"New\",\"prices\":{\"EUR\":" + i + "}}")))
                    .toList();
            for (var one : running) {
                assertThat(one.get().getStatusCode().value())
                        .as(String.valueOf(one.get().getBody()))
                        .isIn(200, 409);
            }
        }
        assertThat(jdbc.queryForObject("select count(*) from orders.product_price where sku = 'NEW'", Long.class))
                .isEqualTo(1);
    }

    @Test
    void changesAnArticleOnlyTogetherWithTheRecordOfTheCall() {
        assertThat(put("CUP", "{\"name\":\"Cup\",\"prices\":{\"EUR\":1}}")
                        .getStatusCode()
                        .value())
                .isEqualTo(200);
        assertThat(jdbc.queryForList(
                        "select caller || ' ' || roles || ' ' || action || ' ' || result from orders.audit"
                                + " where target = '/products/CUP'",
                        String.class))
                .containsExactly("demo operator.stock orders.change-product DONE");
        put("CUP", "{\"name\":\"Cup\",\"prices\":{\"EUR\":2,\"USD\":3}}");
        assertThat(jdbc.queryForList(
                        "select coalesce(was, 'nothing') || ' -> ' || became from orders.audit"
                                + " where target = '/products/CUP' order by at",
                        String.class))
                .containsExactly("nothing -> Cup, EUR 1", "Cup, EUR 1 -> Cup, EUR 2, USD 3");

        jdbc.execute("set role orders_migrator; alter table orders.audit add constraint full_up"
                + " check (target <> '/products/CUP') not valid; reset role");
        try {
            assertThat(put("CUP", "{\"name\":\"Mug\",\"prices\":{\"EUR\":2}}")
                            .getStatusCode()
                            .is5xxServerError())
                    .isTrue();
        } finally {
            jdbc.execute("set role orders_migrator; alter table orders.audit drop constraint full_up; reset role");
        }

        assertThat(jdbc.queryForObject("select name from orders.product where sku = 'CUP'", String.class))
                .isEqualTo("Cup");
    }

    @Test
    void needsOneConnectionForEachRequest() throws Exception {
        var id = placed("k-0");
        int connections = pool.getMaximumPoolSize();
        try (var clients = Executors.newFixedThreadPool(4 * connections)) {
            var running = IntStream.range(0, 10 * connections)
                    .mapToObj(i -> clients.submit(() -> switch (i % 4) {
                        case 0 -> call(HttpMethod.GET, "/orders/" + id, null);
                        case 1 -> call(HttpMethod.GET, "/products", null);
                        case 2 -> cancel(id);
                        default -> put("P" + i, "{\"name\":\"New\",\"prices\":{\"EUR\":1}}");
                    }))
                    .toList();
            for (var one : running) {
                assertThat(one.get().getStatusCode().is2xxSuccessful()).isTrue();
            }
        }
        assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isLessThan(connections);
    }

    @Test
    void neverOpensAPersistenceContextOnTheHotPath() {
        var statistics = entities.unwrap(SessionFactory.class).getStatistics();
        var before = statistics.getSessionOpenCount();

        var id = placed("k-1");
        producer.requestBody("transaction:orders.inventory-events", reserved(id));
        producer.requestBody("transaction:orders.payment-events", completed(id));

        assertThat(statistics.getSessionOpenCount()).isEqualTo(before);
    }

    /** An application that has just started has not watched a deadline pass, and cancels nothing yet. */
    private void aWholeDeadlineWasQuiet() {
        jdbc.update("update orders.outbox_behind set until = now() - interval '1 hour'");
    }

    @Test
    void cancelsWhatNobodyAnswers() {
        var id = placed("k-1");
        var paid = placed("k-2");
        jdbc.update("update orders.orders set created_at = now() - interval '1 hour'");
        producer.requestBody("transaction:orders.inventory-events", reserved(paid));
        producer.requestBody("transaction:orders.payment-events", completed(paid));

        await().atMost(SOON).untilAsserted(() -> {
            aWholeDeadlineWasQuiet();
            assertThat(order(id).at("/reason").asText()).isEqualTo("DEADLINE");
        });

        assertThat(order(paid).at("/status").textValue()).isEqualTo("CONFIRMED");
        assertThat(said.getReceivedExchanges())
                .extracting(exchange -> exchange.getMessage().getBody())
                .filteredOn(OrderCancelled.class::isInstance)
                .hasSize(1);
    }

    @Test
    void forgetsWhatIsFinishedAndSettledAndNothingElse() {
        var kept = placed("k-1");
        var confirmed = placed("k-2");
        var settled = placed("k-3");
        var unsettled = placed("k-4");
        producer.requestBody("transaction:orders.inventory-events", reserved(confirmed));
        producer.requestBody("transaction:orders.payment-events", completed(confirmed));
        for (var id : List.of(settled, unsettled)) {
            cancel(id);
        }
        producer.requestBody("transaction:orders.payment-events", voided(settled));
        producer.requestBody("transaction:orders.inventory-events", released(settled));
        var notErased = placed("k-5");
        producer.requestBody("transaction:orders.inventory-events", reserved(notErased));
        producer.requestBody("transaction:orders.payment-events", completed(notErased));
        jdbc.update("update orders.orders set finished_at = now() - interval '91 days' where status <> 'PENDING'");
        jdbc.update("update orders.orders set contact_erased_at = now() where id <> ?", notErased);
        jdbc.update("update orders.idempotency_key set claimed_at = now() - interval '8 days' where key <> 'k-1'");

        retentions.forEach(retention ->
                jdbc.update(retention.sql(), Timestamp.from(Instant.now().minus(retention.age())), 100));

        for (var table : List.of(
                "id from orders.orders", "order_id from orders.order_line", "order_id from orders.order_history")) {
            assertThat(jdbc.queryForList("select distinct " + table, UUID.class))
                    .as(table)
                    .containsExactlyInAnyOrder(kept, unsettled, notErased);
        }
        assertThat(jdbc.queryForList("select key from orders.idempotency_key", String.class))
                .containsExactly("k-1");
    }

    @Test
    void everyRouteBelongsToOrdersByItsName() {
        assertThat(camel.getRoutes())
                .extracting(Route::getRouteId)
                .allMatch(id -> id.startsWith("orders.") || id.startsWith("ops."));
    }

    private UUID placed(String key) {
        var answer = place(key, "MUG", 2);
        assertThat(answer.getStatusCode().value())
                .as(String.valueOf(answer.getBody()))
                .isEqualTo(202);
        return UUID.fromString(answer.getBody().at("/id").textValue());
    }

    private ResponseEntity<JsonNode> place(String key, String sku, int quantity) {
        var body =
                "{\"currency\":\"EUR\",\"customer\":{\"name\":\"Ada\",\"email\":\"ada@example.org\"},\"lines\":[{\"sku\":\""
                        + sku + "\",\"quantity\":" + quantity + "}],\"payment\":{\"token\":\"tok_visa\"}}";
        return call(HttpMethod.POST, "/orders", body, "Idempotency-Key", key);
    }

    private ResponseEntity<JsonNode> put(String sku, String body) {
        return call(HttpMethod.PUT, "/products/" + sku, body);
    }

    private ResponseEntity<JsonNode> cancel(UUID id) {
        return call(HttpMethod.POST, "/orders/" + id + "/cancellation", null);
    }

    private JsonNode order(UUID id) {
        return call(HttpMethod.GET, "/orders/" + id, null).getBody();
    }

    private static List<String> idsOf(JsonNode page) {
        return page.at("/items")
                .valueStream()
                .map(item -> item.at("/id").textValue())
                .toList();
    }

    private ResponseEntity<JsonNode> call(HttpMethod method, String path, String body, String... headers) {
        var all = new HttpHeaders();
        if (body != null) {
            all.setContentType(MediaType.APPLICATION_JSON);
        }
        for (int i = 0; i < headers.length; i += 2) {
            all.set(headers[i], headers[i + 1]);
        }
        var answer = http.exchange(path, method, new HttpEntity<>(body, all), byte[].class);
        return new ResponseEntity<>(json(answer.getBody()), answer.getHeaders(), answer.getStatusCode());
    }

    private static JsonNode json(byte[] body) {
        try {
            return body == null ? null : JSON.readTree(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
