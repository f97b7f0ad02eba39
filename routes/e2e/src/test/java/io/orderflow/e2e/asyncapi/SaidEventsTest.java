package io.orderflow.e2e.asyncapi;

import static io.orderflow.contracts.Role.INVENTORY;
import static io.orderflow.e2e.shop.OrderForm.anOrder;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderflow.contracts.Topology;
import io.orderflow.e2e.shop.EventsDocument;
import io.orderflow.e2e.shop.Journal;
import io.orderflow.e2e.shop.Journal.Entry;
import io.orderflow.e2e.shop.Shop;
import io.orderflow.e2e.shop.Site;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.config.YamlMapFactoryBean;
import org.springframework.core.io.FileSystemResource;

/**
 * What is said on Kafka is what the served AsyncAPI document has. Here each kind of message is brought about; every
 * other test of this module looks at what its services say by the same document ({@link Journal}).
 */
class SaidEventsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final EventsDocument DOCUMENT = EventsDocument.served();
    private static final Path STRIMZI = Path.of("../../helm/orderflow/files/strimzi");

    private static Shop shop;

    @BeforeAll
    static void open() {
        shop = Shop.at(Site.fresh());
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void eachKindOfMessageIsSaidAsTheDocumentHasIt() throws Exception {
        var orders = List.of(confirmedAndErased(), declined(), refunded(), parked());
        var said = shop.journal().all().stream()
                .filter(entry -> orders.contains(UUID.fromString(entry.key())))
                .filter(entry -> entry.body() == null || !entry.body().isEmpty())
                .toList();

        assertThat(said).allMatch(DOCUMENT::isOurs).flatMap(DOCUMENT::mistakes).isEmpty();
        assertThat(said.stream().map(SaidEventsTest::type).distinct())
                .containsExactlyInAnyOrderElementsOf(names(DOCUMENT.json().at("/components/messages")));

        assertThatOthersAreFound(said);
    }

    private static UUID confirmedAndErased() {
        var form = anOrder().of(1, shop.stocks(1));
        var order = shop.places(form);
        shop.eventually(order).isConfirmed().isSettled().hasMails(form, "confirmed");
        shop.sql().update("update orders.orders set settled_at = now() - interval '31 days' where id = ?", order);
        shop.eventually(order).comesTrue(() -> assertThat(shop.journal().withContactOf(order))
                .anyMatch(entry -> entry.value() == null));
        return order;
    }

    private static UUID declined() {
        var order = shop.places(anOrder().of(1, shop.stocks(1)).paidWith("tok_declined"));
        shop.eventually(order).isCancelled("PAYMENT_DECLINED", "DECLINED").isSettled();
        return order;
    }

    /** Paid for before inventory says that there is none. */
    private static UUID refunded() throws Exception {
        shop.takesOut(INVENTORY);
        var order = shop.places(anOrder().of(1, shop.stocks(0)));
        shop.eventually(order).comesTrue(() -> assertThat(shop.saidOf(order)).contains("PaymentCompleted"));
        shop.takesBack(INVENTORY);
        shop.eventually(order).isCancelled("OUT_OF_STOCK", "REFUNDED").isSettled();
        return order;
    }

    /** A stranger's, which nobody can read. */
    private static UUID parked() {
        var order = UUID.randomUUID();
        shop.writes("order_events", order.toString(), "{}".getBytes(StandardCharsets.UTF_8));
        shop.eventually(order).comesTrue(() -> assertThat(shop.journal().of(order))
                .filteredOn(entry -> entry.topic().equals("dead_letters"))
                .hasSize(3));
        return order;
    }

    private static String type(Entry entry) {
        return header(entry, "ce_type");
    }

    private static String header(Entry entry, String name) {
        for (var header : entry.headers()) {
            if (header.key().equals(name)) {
                return new String(header.value(), StandardCharsets.UTF_8);
            }
        }
        return null;
    }

    /** Each record of these, with one thing about it changed. */
    private static void assertThatOthersAreFound(List<Entry> said) {
        for (var entry : said) {
            var another = UUID.randomUUID().toString();
            List<Entry> wrong = new ArrayList<>();
            wrong.add(with(entry, "dead_letters".equals(entry.topic()) ? "order_events" : "dead_letters", entry.key()));
            wrong.add(with(entry, entry.topic(), another));
            wrong.add(with(entry, entry.topic(), another.toUpperCase()));
            for (var header : entry.headers()) {
                if (!header.key().equals("traceparent")) {
                    wrong.add(with(entry, entry.body(), without(entry, header.key(), null)));
                }
                wrong.add(with(entry, entry.body(), without(entry, header.key(), "x")));
            }
            if (entry.body() == null) {
                wrong.add(with(entry, JSON.createObjectNode(), entry.headers()));
            } else {
                for (var name : names(entry.body())) {
                    wrong.add(with(entry, ((ObjectNode) entry.body().deepCopy()).without(name), entry.headers()));
                }
            }
            assertThat(wrong).allSatisfy(one -> assertThat(DOCUMENT.mistakes(one))
                    .as("%s with %s", one, one.headers())
                    .isNotEmpty());
        }
    }

    private static Entry with(Entry entry, String topic, String key) {
        return new Entry(topic, 0, 0, key, entry.body(), entry.value(), entry.headers());
    }

    private static Entry with(Entry entry, JsonNode body, Iterable<Header> headers) {
        var value = body == null ? null : body.toString().getBytes(StandardCharsets.UTF_8);
        return new Entry(entry.topic(), 0, 0, entry.key(), body, value, headers);
    }

    /** Its headers, one of them without, or with another, value. */
    private static List<Header> without(Entry entry, String name, String instead) {
        List<Header> headers = new ArrayList<>();
        entry.headers().forEach(header -> {
            if (!header.key().equals(name)) {
                headers.add(header);
            } else if (instead != null) {
                headers.add(new RecordHeader(name, instead.getBytes(StandardCharsets.UTF_8)));
            }
        });
        return headers;
    }

    @Test
    void documentSchemasAndPageAreServed() throws Exception {
        var document = get("/asyncapi.json");
        assertThat(document.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(JSON.readTree(document.body())).isEqualTo(DOCUMENT.json());

        var page = get("/docs/events.html").body();
        assertThat(page).contains("orderflow: the events").doesNotContain("<script", "style=");
        for (var channel : Topology.ORDERFLOW.channels()) {
            assertThat(page).contains("<h2 id=\"" + channel + "\">");
        }
        for (var message : DOCUMENT.json().at("/components/messages")) {
            assertThat(page).contains("<h3 id=\"" + message.path("name").asText() + "\">");
        }
        for (var schema : DOCUMENT.json().at("/components/schemas")) {
            if (schema.has("x-schema")) {
                var id = schema.path("x-schema").asText();
                var file =
                        get("/schemas/" + id.replace("urn:orderflow:event:", "").replace(':', '.'));
                assertThat(file.statusCode()).as(id).isEqualTo(200);
                assertThat(file.headers().firstValue("Content-Type")).contains("application/schema+json");
                assertThat(JSON.readTree(file.body()).path("$id").asText()).isEqualTo(id);
                assertThat(JSON.readTree(file.body()).path("properties")).isEqualTo(schema.path("properties"));
                assertThat(page).contains(id);
            }
        }
        assertThat(get("/schemas/OrderCreated.2").statusCode()).isEqualTo(404);
        assertThat(get("/schemas/OrderCreated.json").statusCode()).isEqualTo(404);
    }

    private static HttpResponse<String> get(String path) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(shop.instance().address().resolve(path)).build(), BodyHandlers.ofString());
    }

    /** Those that {@code make run} makes, and those that Strimzi is told of. */
    @Test
    void topicsAreKeptAsTheDocumentSays() throws Exception {
        for (var channel : Topology.ORDERFLOW.channels()) {
            var documented = new TreeMap<String, String>();
            for (var one : DOCUMENT.json()
                    .at("/channels/" + channel + "/bindings/kafka/topicConfiguration")
                    .properties()) {
                var value = one.getValue();
                documented.put(
                        one.getKey(),
                        value.isArray()
                                ? String.join(
                                        ",",
                                        value.valueStream()
                                                .map(JsonNode::asText)
                                                .toList())
                                : value.asText());
            }
            assertThat(documented).hasSizeGreaterThan(1);
            assertThat(onTheBroker(channel.topic())).containsAllEntriesOf(documented);
            assertThat(inStrimzi(channel.topic())).containsAllEntriesOf(documented);
        }
    }

    private static Map<String, String> onTheBroker(String topic) throws Exception {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, shop.site().topic(topic));
        try (var admin =
                Admin.create(Map.of("bootstrap.servers", shop.site().broker().address()))) {
            Map<String, String> values = new TreeMap<>();
            admin.describeConfigs(List.of(resource)).all().get().get(resource).entries().stream()
                    .filter(one -> one.value() != null)
                    .forEach(one -> values.put(one.name(), one.value()));
            return values;
        }
    }

    @SuppressWarnings("unchecked")
    private static Map<String, String> inStrimzi(String topic) {
        var yaml = new YamlMapFactoryBean();
        yaml.setResources(new FileSystemResource(STRIMZI.resolve("kafkatopic-" + topic.replace('_', '-') + ".yaml")
                .toFile()));
        var spec = (Map<String, Object>) yaml.getObject().get("spec");
        Map<String, String> values = new TreeMap<>();
        ((Map<String, Object>) spec.get("config")).forEach((name, value) -> values.put(name, value.toString()));
        return values;
    }

    private static TreeSet<String> names(JsonNode object) {
        var names = new TreeSet<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
