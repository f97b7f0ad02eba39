package io.orderflow.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpExchange;
import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.contracts.Money;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/payment-provider.yaml} is what adapter and simulator speak: every request and every answer of a run
 * through all they can do is held against it, and every operation of it is used.
 */
class ProviderContractTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(VersionFlag.V202012);
    private static final Money TOTAL = new Money(2580, "EUR");
    private static final List<String> TOKENS =
            List.of("tok_visa", "tok_declined", "tok_unheard_of", "tok_unavailable", "tok_refund_fails_twice");

    private static JsonNode document;
    private static HikariDataSource pool;

    private final Queue<Said> said = new ConcurrentLinkedQueue<>();

    private record Said(
            String method, String path, String type, byte[] request, int status, String answerType, byte[] answer) {}

    @BeforeAll
    static void read() throws IOException {
        document = new YAMLMapper()
                .readTree(Path.of("../../docs/payment-provider.yaml").toFile());
        pool = ProviderOverHttp.pool();
    }

    @AfterAll
    static void close() {
        pool.close();
    }

    @Test
    void adapterAndSimulatorKeepToTheDocument() throws Exception {
        try (var server = ProviderOverHttp.server(pool, new Listening());
                var adapter = AdapterOverHttp.to(server.address(), Duration.ofSeconds(4))) {
            for (var token : TOKENS) {
                lifeOf(adapter.provider(), "1-" + token.replace('_', '-'), token);
            }
            adapter.provider().fence("charge-late");
            adapter.provider().charge("charge-late", TOTAL, "tok_visa");
            adapter.provider().refund("refund-of-nothing", "charge-late", TOTAL);
            assertThatThrownBy(() -> adapter.provider().charge("charge-1-tok-visa", new Money(1, "EUR"), "tok_visa"))
                    .hasMessageContaining("409");
            lookUps(server.address());
            strangers(server.address());
        }

        assertThat(said).hasSizeGreaterThan(30);
        assertThat(said).allSatisfy(ProviderContractTest::keepsToTheDocument);
        assertThat(used()).as("operations that were used").isEqualTo(declared());
    }

    private static void lifeOf(PaymentProvider provider, String name, String token) {
        for (int i = 0; i < 3; i++) {
            orNothing(() -> provider.charge("charge-" + name, TOTAL, token));
        }
        var captured = provider.fence("charge-" + name);
        for (int i = 0; i < 3; i++) {
            captured.ifPresent(amount -> orNothing(() -> provider.refund("refund-" + name, "charge-" + name, amount)));
        }
    }

    private static void orNothing(Runnable call) {
        try {
            call.run();
        } catch (PaymentProvider.NoAnswer e) {
            assertThat(e).hasMessageContaining("503");
        }
    }

    /** The adapter needs none: it repeats the call. People and reconciliation do. */
    private static void lookUps(URI provider) throws Exception {
        assertThat(call(provider, "GET", "/charges/charge-1-tok-visa", null)).isEqualTo(200);
        assertThat(call(provider, "GET", "/charges/charge-late", null)).isEqualTo(200);
        assertThat(call(provider, "GET", "/charges/charge-never", null)).isEqualTo(404);
        assertThat(call(provider, "GET", "/refunds/refund-1-tok-visa", null)).isEqualTo(200);
        assertThat(call(provider, "GET", "/refunds/refund-never", null)).isEqualTo(404);
    }

    /** Whom the document does not allow gets a problem, and nothing is done. */
    private static void strangers(URI provider) throws Exception {
        assertThat(call(provider, "PUT", "/charges/charge-bad", "{}")).isEqualTo(400);
        assertThat(call(
                        provider,
                        "PUT",
                        "/charges/charge-bad",
                        "{\"amount_minor\":1.5,\"currency\":\"EUR\",\"token\":\"t\"}"))
                .isEqualTo(400);
        assertThat(call(provider, "PUT", "/charges/charge-bad", " ".repeat(20_000)))
                .isEqualTo(413);
        assertThat(call(provider, "DELETE", "/charges/charge-bad", null)).isEqualTo(405);
        assertThat(call(provider, "GET", "/charges/charge-bad?key=charge-1", null))
                .isEqualTo(404);
        var unknown = HttpRequest.newBuilder(URI.create(provider + "/charges/charge-bad"))
                .header("Authorization", "Bearer wrong")
                .build();
        assertThat(send(unknown)).isEqualTo(401);
        assertThat(call(provider, "GET", "/charges/charge-bad", null)).isEqualTo(404);
    }

    private static int call(URI provider, String method, String path, String body) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(provider + path))
                .header("Authorization", "Bearer " + AdapterOverHttp.API_KEY)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build());
    }

    private static int send(HttpRequest request) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    @Test
    void everyExampleOfTheDocumentKeepsToIt() {
        List<String> wrong = new ArrayList<>();
        int[] examples = {0};
        document.findParents("schema").forEach(parent -> {
            var given = new ArrayList<JsonNode>();
            if (parent.has("example")) {
                given.add(parent.get("example"));
            }
            parent.path("examples").forEach(example -> given.add(example.get("value")));
            given.forEach(example -> {
                examples[0]++;
                wrong.addAll(violations(parent.get("schema"), example));
            });
        });

        assertThat(wrong).isEmpty();
        assertThat(examples[0]).isGreaterThan(10);
    }

    private static void keepsToTheDocument(Said one) throws IOException {
        var operation = operation(one);
        if (one.status() < 400) {
            assertThat(operation.isMissingNode()).as(one.toString()).isFalse();
            var content = operation.path("requestBody").path("content");
            assertThat(content.isMissingNode() ? one.request().length == 0 : content.has(one.type()))
                    .as("content type and body of " + one)
                    .isTrue();
            if (!content.isMissingNode()) {
                assertThat(violations(content.get(one.type()).get("schema"), JSON.readTree(one.request())))
                        .isEmpty();
            }
        }
        var answer = one.status() == 200
                ? operation.path("responses").path("200")
                : document.at("/components/responses/Problem");
        var schema = answer.path("content").path(one.answerType()).path("schema");
        assertThat(schema.isMissingNode()).as("answer's type of " + one).isFalse();
        assertThat(violations(schema, JSON.readTree(one.answer())))
                .as(one.toString())
                .isEmpty();
    }

    private static JsonNode operation(Said one) {
        return document.path("paths")
                .path(template(one.path()))
                .path(one.method().toLowerCase(Locale.ROOT));
    }

    private static String template(String path) {
        return path.replaceFirst("^/v1", "").replaceFirst("^/(charges|refunds)/[^/]+", "/$1/{key}");
    }

    private Set<String> used() {
        var used = new TreeSet<String>();
        said.stream()
                .filter(one -> one.status() == 200)
                .forEach(one -> used.add(operation(one).get("operationId").textValue()));
        return used;
    }

    private static Set<String> declared() {
        return new TreeSet<>(document.path("paths").findValuesAsText("operationId"));
    }

    private static List<String> violations(JsonNode schema, JsonNode value) {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", document.get("components"));
        return SCHEMAS.getSchema(whole).validate(value).stream()
                .map(message -> message + " in " + value)
                .toList();
    }

    /** Writes down what is said, both ways. */
    private final class Listening extends Filter {

        @Override
        public void doFilter(HttpExchange exchange, Chain chain) throws IOException {
            var request = exchange.getRequestBody().readAllBytes();
            var answer = new ByteArrayOutputStream();
            exchange.setStreams(new ByteArrayInputStream(request), new Tee(exchange.getResponseBody(), answer));
            chain.doFilter(exchange);
            said.add(new Said(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestHeaders().getFirst("Content-Type"),
                    request,
                    exchange.getResponseCode(),
                    exchange.getResponseHeaders().getFirst("Content-Type"),
                    answer.toByteArray()));
        }

        @Override
        public String description() {
            return "writes down what is said";
        }
    }

    private static final class Tee extends FilterOutputStream {
        private final OutputStream copy;

        Tee(OutputStream out, OutputStream copy) {
            super(out);
            this.copy = copy;
        }

        @Override
        public void write(int one) throws IOException {
            out.write(one);
            copy.write(one);
        }
    }
}
