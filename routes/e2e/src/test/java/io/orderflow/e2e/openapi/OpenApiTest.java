package io.orderflow.e2e.openapi;

import static io.orderflow.contracts.Role.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.e2e.openapi.OpenApiExamples.Example;
import io.orderflow.e2e.openapi.generator.RenderedOpenApi;
import io.orderflow.e2e.shop.Client;
import io.orderflow.e2e.shop.OrderForm;
import io.orderflow.e2e.shop.PausedWorkers;
import io.orderflow.e2e.shop.Shop;
import io.orderflow.http.ProblemType;
import io.orderflow.testkit.Issuer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.apache.camel.CamelContext;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The OpenAPI document says of the running app what is true of it, and nothing else. */
class OpenApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** The order that examples speak of, and one that is still pending. */
    private static final String CONFIRMED = "01a209e9-809a-7c02-b388-35bf662a8221";

    private static final String PENDING = "01a209e9-809a-7c02-b388-35bf662a8222";
    private static final Shop.Sku MUG = new Shop.Sku("mug");
    private static final String ONE_SERVER =
            "[{\"url\":\"/\",\"description\":\"The port that this document came from\"}]";

    @TempDir
    private static Path folder;

    private static Issuer issuer;
    private static Shop shop;

    @BeforeAll
    static void open() {
        issuer = Issuer.in(folder.resolve("issuer"));
        var settings = new ArrayList<>(issuer.settings());
        settings.add("--spring.main.sources=" + PausedWorkers.Module.class.getName());
        settings.add("--orderflow.http.body-deadline=1s");
        settings.add("--orderflow.http.header-timeout=1s");
        settings.add("--orderflow.http.requests-per-second=50");
        settings.add("--orderflow.http.longest-stream=200ms");
        shop = Shop.withConsole(settings.toArray(String[]::new));
        shop.customersUse(as("eve", "operator.stock"));
        shop.http()
                .put("/products/mug", "{\"name\":\"A mug\",\"prices\":{\"EUR\":1290,\"USD\":1390}}")
                .expect(200);
        shop.sql().update("insert into inventory.stock_item (sku, on_hand) values ('mug', 1000)");
        shop.customersUse(as("ada", "customer"));
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void theCommittedDocumentsAreWhatTheRoutesGive() {
        var rendered = RenderedOpenApi.of(shop.instance().get(CamelContext.class));

        assertThat(rendered.keySet()).containsExactlyElementsOf(OpenApi.FILES);
        rendered.forEach((file, text) -> assertThat(OpenApi.FOLDER.resolve(file))
                .as("mend it with: make openapi")
                .content()
                .isEqualTo(text));
    }

    /** Those of an example's request and of its answer; what is sent to get a problem need not be. */
    @Test
    void examplesAreAsTheirSchemasSay() {
        var api = OpenApi.committed();
        var softly = new SoftAssertions();
        int examples = 0;
        for (var content : contents(api)) {
            for (var one : content) {
                for (var example : one.path("examples").properties()) {
                    softly.assertThat(api.mistakes(
                                    one.path("schema"), example.getValue().path("value")))
                            .as(example.toString())
                            .isEmpty();
                    examples++;
                }
            }
        }
        softly.assertAll();
        assertThat(examples).isGreaterThan(30);
    }

    private static List<JsonNode> contents(OpenApi api) {
        return api.documents().values().stream()
                .flatMap(document -> document.findValues("content").stream())
                .toList();
    }

    @Test
    void theDocumentedProblemsAreThoseOfTheCode() {
        var types = OpenApi.committed().components().at("/schemas/Problem/properties/type/enum");

        assertThat(StreamSupport.stream(types.spliterator(), false).map(JsonNode::asText))
                .containsExactlyElementsOf(Arrays.stream(ProblemType.values())
                        .map(ProblemType::uri)
                        .toList());
    }

    @Test
    void eachPortHasItsDocumentAndAPageForEverybody() throws Exception {
        isDescribed(shop.instance().address(), "", "orderflow");
        isDescribed(shop.instance().ops(), "/ops", "orderflow for operators");
        assertThat(sent(HttpRequest.newBuilder(shop.instance().ops().resolve("/openapi.json")))
                        .statusCode())
                .isEqualTo(404);
        assertThat(sent(request("/ops/openapi.json")).statusCode()).isEqualTo(404);
    }

    private static void isDescribed(URI port, String root, String title) throws Exception {
        var document = sent(HttpRequest.newBuilder(port.resolve(root + "/openapi.json")));
        var page = sent(HttpRequest.newBuilder(port.resolve(root + "/docs")));

        assertThat(JSON.readTree(document.body()).at("/info/title").asText()).isEqualTo(title);
        assertThat(JSON.readTree(document.body()).at("/servers")).hasToString(ONE_SERVER);
        assertThat(document.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
                .doesNotContain("unsafe");
        var html = new String(page.body(), StandardCharsets.UTF_8);
        assertThat(html).doesNotContain("http:", "https:", "style=", "<style");
        var links = List.of(html.split("(src|href)=\"")).stream()
                .skip(1)
                .map(rest -> root + "/" + rest.split("\"", 2)[0])
                .toList();
        assertThat(links).hasSize(7).contains(root + "/openapi.json", root + "/docs/events.html");
        for (var link : links) {
            var answer = sent(HttpRequest.newBuilder(port.resolve(link)));
            assertThat(answer.statusCode()).as(link).isEqualTo(200);
            assertThat(OpenApi.committed().mistakes("GET", link, 200, answer.headers(), answer.body()))
                    .as(link)
                    .isEmpty();
        }
    }

    /** Each is sent, and its answer has the documented status, media type, headers, schema and form. */
    @Test
    void everyExampleOfAnOperationIsTrue() throws Exception {
        var api = OpenApi.committed();
        var instead = prepared();
        var softly = new SoftAssertions();
        int sent = 0;
        for (var example : OpenApiExamples.of(api)) {
            var path = example.path(instead.getOrDefault(example.operation().id(), instead.get("")));
            var answer = sent(request(example, path));
            softly.assertThat(answer.statusCode()).as(told(example, answer)).isEqualTo(example.status());
            softly.assertThat(api.mistakes(
                            example.operation().method(), path, answer.statusCode(), answer.headers(), answer.body()))
                    .as(told(example, answer))
                    .isEmpty();
            if (example.answer().isTextual()) {
                softly.assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                        .startsWith(example.answer().asText());
                sent++;
                continue;
            }
            var body = JSON.readTree(answer.body());
            if (example.operation().id().endsWith("-document")) {
                softly.assertThat(body.at("/info/title"))
                        .isEqualTo(example.answer().at("/info/title"));
            } else if (answer.statusCode() < 400) {
                softly.assertThat(OpenApiExamples.differences("", example.answer(), body))
                        .as(told(example, answer))
                        .isEmpty();
            } else {
                softly.assertThat(body).as(told(example, answer)).isEqualTo(example.answer());
            }
            sent++;
        }
        softly.assertAll();
        System.out.printf(
                "OpenAPI: %d operations, %d examples sent%n", api.operations().size(), sent);
        assertThat(sent).isGreaterThan(30);
    }

    /** What the examples take for granted, and the ids that it really has: by operation, and for all others. */
    private static Map<String, Map<String, String>> prepared() throws Exception {
        var awaited = OpenApiExamples.named("awaited");
        sent(request(awaited, awaited.path(Map.of())));
        var confirmed = List.of(placed(), placed());
        confirmed.forEach(order -> shop.eventually(order).isConfirmed().isTold());
        shop.sql()
                .update(
                        "update orders.orders set settled_at = now() - interval '15 minutes' where id = ?",
                        confirmed.get(1));
        shop.sql().update("insert into console.rebuild values (gen_random_uuid(), now(), now(), 7, 0)");
        var workers = shop.instance().get(PausedWorkers.class);
        workers.pause("payments.charge-order");
        var broken = List.of(placed(), placed(), placed(), placed());
        broken.forEach(order -> shop.breaks("orders.orders", "id", order));
        var parked = new ArrayList<String>();
        workers.goOn();
        for (var order : broken) {
            shop.eventually(order)
                    .comesTrue(() -> assertThat(shop.parkedOf(ORDERS, order)).isNotEmpty());
            parked.add(shop.parkedOf(ORDERS, order).getFirst().id().toString());
        }
        shop.repairs("orders.orders", broken.get(1));
        workers.pause("payments.charge-order");
        var all = Map.of(CONFIRMED, confirmed.get(0).toString(), PENDING, placed().toString());
        sent(HttpRequest.newBuilder(shop.instance().ops().resolve("/ops/parked/" + parked.get(0) + "/discard"))
                .header("Authorization", "Bearer " + issuer.token("eve", "operator.release"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"reason\":\"The order was settled by hand\"}")));
        var instead = new HashMap<>(new StoredForExamples(shop.sql()).instead(all, parked));
        instead.put(
                "orders.take-call-off", Map.of(CONFIRMED, confirmed.get(0).toString(), PENDING, placed().toString()));
        instead.put(
                "orders.take-erasure", Map.of(CONFIRMED, confirmed.get(1).toString(), PENDING, placed().toString()));
        return instead;
    }

    private static UUID placed() {
        return shop.places(OrderForm.anOrder().of(1, MUG));
    }

    private static HttpRequest.Builder request(Example example, String path) {
        var operation = example.operation();
        var port = operation.isForOperators()
                ? shop.instance().ops()
                : shop.instance().address();
        var request = HttpRequest.newBuilder(port.resolve(path));
        var roles = operation.definition().path("security").findValues("token");
        if (!roles.isEmpty()) {
            var role = roles.getFirst().get(0).asText();
            request.header("Authorization", "Bearer " + issuer.token(role.equals("customer") ? "ada" : "eve", role));
        }
        example.headers().forEach(request::header);
        if (!example.body().isMissingNode()) {
            request.header("Content-Type", "application/json");
        }
        return request.method(
                operation.method(),
                example.body().isMissingNode()
                        ? BodyPublishers.noBody()
                        : BodyPublishers.ofString(example.body().toString()));
    }

    /** What any operation may answer: each example of it is brought about, on one of them. */
    @Test
    void everyExampleOfASharedProblemIsTrue() throws Exception {
        var api = OpenApi.committed();
        var customer = "Bearer " + issuer.token("ada", "customer");
        Map<String, HttpResponse<byte[]>> answers = new HashMap<>();
        answers.put("no-token", sent(request("/orders").GET()));
        answers.put(
                "bad-token",
                sent(request("/orders").header("Authorization", "Bearer x").GET()));
        answers.put(
                "wrong-role",
                sent(HttpRequest.newBuilder(shop.instance().ops().resolve("/ops/audit"))
                        .header("Authorization", customer)
                        .GET()));
        answers.put("bad-encoding", sent(order(customer, new byte[] {(byte) 0xff})));
        answers.put("large-body", sent(order(customer, new byte[64 * 1024 + 1])));
        answers.put(
                "text",
                sent(order(customer, "x".getBytes(StandardCharsets.UTF_8)).setHeader("Content-Type", "text/plain")));
        answers.put(
                "compressed",
                sent(order(customer, "x".getBytes(StandardCharsets.UTF_8)).setHeader("Content-Encoding", "gzip")));
        answers.put("unknown-path", sent(request("/nowhere").GET()));
        answers.put("too-fast", tooFast());
        answers.put("failed", broken(customer, "P0001"));
        answers.put("away", broken(customer, "57P03"));

        var softly = new SoftAssertions();
        var given = new TreeSet<String>();
        for (var response : api.components().path("responses")) {
            var content = response.at("/content/application~1problem+json");
            for (var example : content.path("examples").properties()) {
                given.add(example.getKey());
                var answer = answers.get(example.getKey());
                if (answer == null) {
                    continue; // below
                }
                var documented = example.getValue().path("value");
                var body = JSON.readTree(answer.body());
                softly.assertThat(answer.statusCode())
                        .as(example.getKey())
                        .isEqualTo(documented.path("status").asInt());
                softly.assertThat(api.mistakes(response, answer.statusCode(), answer.headers(), answer.body()))
                        .as(example.getKey())
                        .isEmpty();
                softly.assertThat(OpenApiExamples.differences("", documented, body))
                        .as(example.getKey())
                        .isEmpty();
                softly.assertThat(body.path("detail")).as(example.getKey()).isEqualTo(documented.path("detail"));
            }
        }
        assertThoseOnARawSocket(softly);
        answers.keySet().forEach(given::remove);
        softly.assertThat(given)
                .as("those on a raw socket")
                .containsExactly("expectation", "large-header", "slow-body");
        softly.assertAll();
    }

    private static void assertThoseOnARawSocket(SoftAssertions softly) throws IOException {
        var refused = Map.of(
                ProblemType.MALFORMED_REQUEST,
                        "GET /orders HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(20 * 1024) + "\r\n\r\n",
                ProblemType.REQUEST_TIMEOUT,
                        "POST /orders HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{",
                ProblemType.EXPECTATION_FAILED,
                        "GET /orders HTTP/1.1\r\nHost: x\r\nExpect: x\r\nConnection: close\r\n\r\n");
        for (var type : refused.keySet()) {
            softly.assertThat(OpenApi.raw(shop.instance().address(), refused.get(type)))
                    .startsWith("HTTP/1.1 " + type.status())
                    .contains(type.uri());
        }
    }

    /** The first answer that somebody gets for being too fast. */
    private static HttpResponse<byte[]> tooFast() throws Exception {
        var token = "Bearer " + issuer.token("hurried", "customer");
        var answer = sent(request("/orders/x").header("Authorization", token).GET());
        for (int i = 0; i < 5000 && answer.statusCode() == 400; i++) {
            answer = sent(request("/orders/x").header("Authorization", token).GET());
        }
        return answer;
    }

    /** An order while the database refuses its row. */
    private static HttpResponse<byte[]> broken(String customer, String sqlState) throws Exception {
        shop.asSuperuser("""
                create function refuses_%1$s() returns trigger language plpgsql as
                    $$ begin raise exception 'broken for a test' using errcode = '%1$s'; end $$;
                create trigger refuses before insert on orders.orders for each row execute function refuses_%1$s()""".formatted(sqlState));
        try {
            return sent(order(customer, OrderForm.anOrder().of(1, MUG).json().getBytes(StandardCharsets.UTF_8)));
        } finally {
            shop.asSuperuser("drop function refuses_%s cascade".formatted(sqlState));
        }
    }

    private static HttpRequest.Builder order(String customer, byte[] body) {
        return request("/orders")
                .header("Authorization", customer)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .POST(BodyPublishers.ofByteArray(body));
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(shop.instance().address().resolve(path));
    }

    private static HttpResponse<byte[]> sent(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofByteArray());
    }

    private static String told(Example example, HttpResponse<byte[]> answer) {
        return example + " " + new String(answer.body(), StandardCharsets.UTF_8);
    }

    private static Client as(String caller, String role) {
        return new Client(shop.instance().address(), "Authorization", "Bearer " + issuer.token(caller, role));
    }
}
