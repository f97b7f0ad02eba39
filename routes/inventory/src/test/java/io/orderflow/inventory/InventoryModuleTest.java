package io.orderflow.inventory;

import static io.orderflow.inventory.Told.confirmed;
import static io.orderflow.inventory.Told.created;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.contracts.Line;
import io.orderflow.contracts.StockReserved;
import io.orderflow.contracts.Topology;
import io.orderflow.http.assembly.HttpModule;
import io.orderflow.messaging.Retention;
import io.orderflow.messaging.assembly.MessagingModule;
import io.orderflow.testkit.Broker;
import io.orderflow.testkit.Postgres;
import jakarta.persistence.EntityManagerFactory;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
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
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Inventory wired as an application wires it: the real backbone and edge, a real broker and database. */
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
class InventoryModuleTest {

    private static final String PREFIX = "t" + UUID.randomUUID() + "-";

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import({MessagingModule.class, HttpModule.class, InventoryModule.class})
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
    private EntityManagerFactory entities;

    @Autowired
    private TestRestTemplate http;

    @Autowired
    private MeterRegistry meters;

    @Autowired
    private List<Retention> retentions;

    @EndpointInject("mock:outbox:inventory.inventory_events")
    private MockEndpoint said;

    @BeforeEach
    void stockUp() {
        jdbc.execute("set role inventory_migrator; truncate inventory.stock_item, inventory.reservation,"
                + " inventory.delivery, inventory.idempotency_key; reset role");
        jdbc.update("insert into inventory.stock_item (sku, on_hand) values ('CAP', 1), ('HAT', 2), ('MUG', 3)");
    }

    @Test
    void showsHowLongStockIsHeld() {
        jdbc.update(
                "insert into inventory.reservation values (gen_random_uuid(), 'SOLD', '[]', 1, now() - interval '9 hours'),"
                        + " (gen_random_uuid(), 'RESERVED', '[]', 1, now() - interval '2 hours')");

        await().until(() -> oldestReserved() >= 7_200);
        assertThat(oldestReserved()).isLessThan(9_000);
        jdbc.update("delete from inventory.reservation");
        await().until(() -> oldestReserved() == 0);
    }

    private double oldestReserved() {
        return meters.get("inventory.reserved.oldest.age.seconds").gauge().value();
    }

    @Test
    void carriesAnOrderFromItsCreationToItsSale() throws Exception {
        var order = UUID.randomUUID();
        var twoMugs = new Line("MUG", 2);
        said.expectedMessageCount(1);
        said.message(0).body().isInstanceOf(StockReserved.class);

        producer.requestBody("transaction:inventory.order-events", created(order, twoMugs));
        assertThat(get("/stock/MUG"))
                .isEqualTo("{\"sku\":\"MUG\",\"on_hand\":3,\"reserved\":2,\"sold\":0,\"available\":1}");
        producer.requestBody("transaction:inventory.order-events", confirmed(order));

        assertThat(get("/stock/MUG"))
                .isEqualTo("{\"sku\":\"MUG\",\"on_hand\":1,\"reserved\":0,\"sold\":2,\"available\":1}");
        said.assertIsSatisfied();
    }

    @Test
    void listsArticlesPageByPage() {
        var first = get("/stock?limit=2");
        var next = first.replaceAll(".*\"next\":\"(.*)\".*", "$1");

        assertThat(first)
                .startsWith("{\"items\":[{\"sku\":\"CAP\",")
                .contains("HAT")
                .doesNotContain("MUG");
        assertThat(get("/stock?limit=2&after=" + next))
                .isEqualTo("{\"items\":[" + level("MUG", 3) + "],\"next\":null}");
    }

    @Test
    void takesOneConnectionForARead() {
        var statistics = entities.unwrap(SessionFactory.class).getStatistics();

        statistics.clear();
        get("/stock");
        get("/stock/MUG");

        assertThat(statistics.getConnectCount()).isEqualTo(2);
    }

    @Test
    void takesADeliveryInOnceAndSaysSoAgain() {
        var taken = level("HAT", 7);

        assertThat(deliver("HAT", "a", 5)).isEqualTo("200 " + taken);
        assertThat(deliver("HAT", "a", 5)).isEqualTo("200 " + taken);
        assertThat(deliver("HAT", "a", 6)).startsWith("422 ").contains("idempotency-key-reused");
        assertThat(deliver("PEN", "a", 5)).startsWith("404 ");
        assertThat(jdbc.queryForList("select quantity from inventory.delivery", Integer.class))
                .containsExactly(5);
    }

    @Test
    void keepsAnArticleOnceItIsIntroduced() {
        assertThat(deliver("PEN", "a", 5)).startsWith("404 ");

        assertThat(introduce("PEN")).isEqualTo("200 " + level("PEN", 0));
        assertThat(deliver("PEN", "b", 5)).isEqualTo("200 " + level("PEN", 5));

        assertThat(introduce("PEN")).as("it stays as it is").isEqualTo("200 " + level("PEN", 5));
        assertThat(deliver("PEN", "c", 1)).isEqualTo("200 " + level("PEN", 6));
        assertThat(jdbc.queryForList(
                        "select result from inventory.audit where action = 'inventory.introduce-article'",
                        String.class))
                .containsExactly("DONE", "DONE");
        assertThat(jdbc.queryForList("""
                        select coalesce(was, 'nothing') || ' -> ' || coalesce(became, 'nothing') from inventory.audit
                        where target like '/stock/PEN%' and result = 'DONE' order by at""", String.class))
                .containsExactly(
                        "nothing -> on hand 0",
                        "on hand 0 -> on hand 5",
                        "nothing -> nothing",
                        "on hand 5 -> on hand 6");
    }

    @Test
    void forgetsFinalReservationsAndNoOthers() {
        for (var state : List.of("CONFIRMED", "RESERVED", "REJECTED", "SOLD", "RELEASED")) {
            remember(state, "91 days");
        }
        remember("RELEASED", "89 days");
        jdbc.update(
                "insert into inventory.idempotency_key values ('demo', 'x', 'old', '', '', now() - interval '8 days')");
        jdbc.update(
                "insert into inventory.idempotency_key values ('demo', 'x', 'new', '', '', now() - interval '6 days')");

        retentions.forEach(retention ->
                jdbc.update(retention.sql(), Timestamp.from(Instant.now().minus(retention.age())), 100));

        assertThat(jdbc.queryForList("select state from inventory.reservation order by state", String.class))
                .containsExactly("CONFIRMED", "RELEASED", "RESERVED");
        assertThat(jdbc.queryForList("select key from inventory.idempotency_key", String.class))
                .containsExactly("new");
    }

    @Test
    void everyRouteBelongsToInventoryByItsName() {
        assertThat(camel.getRoutes())
                .extracting(Route::getRouteId)
                .allMatch(id -> id.startsWith("inventory.") || id.startsWith("ops."));
    }

    private void remember(String state, String age) {
        jdbc.update(
                "insert into inventory.reservation values (gen_random_uuid(), ?, '[]', 1, now() - ?::interval)",
                state,
                age);
    }

    private static String level(String sku, int onHand) {
        return "{\"sku\":\"%s\",\"on_hand\":%d,\"reserved\":0,\"sold\":0,\"available\":%<d}".formatted(sku, onHand);
    }

    private String get(String path) {
        return http.getForObject(path, String.class);
    }

    private String introduce(String sku) {
        var answer = http.exchange("/stock/" + sku, HttpMethod.PUT, HttpEntity.EMPTY, String.class);
        return answer.getStatusCode().value() + " " + answer.getBody();
    }

    private String deliver(String sku, String key, int quantity) {
        var headers = new HttpHeaders();
        headers.setContentType(MediaType.APPLICATION_JSON);
        headers.set("Idempotency-Key", key);
        var report = new HttpEntity<>("{\"quantity\":" + quantity + "}", headers);
        var answer = http.exchange("/stock/" + sku + "/deliveries", HttpMethod.POST, report, String.class);
        return answer.getStatusCode().value() + " " + answer.getBody();
    }
}
