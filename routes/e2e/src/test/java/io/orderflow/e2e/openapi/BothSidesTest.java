package io.orderflow.e2e.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.ValidationMessage;
import io.orderflow.e2e.openapi.OpenApi.Operation;
import io.orderflow.e2e.shop.Shop;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The documents and the server draw the same line. Every constraint of every parameter, header and body member is met
 * from both sides: what a document admits is taken, or refused by a rule of business that stands below; what it refuses
 * is refused. And whatever is answered is one of the answers that the document lists. Nothing here is drawn by lot, so
 * each run is the same.
 */
class BothSidesTest {

    private static final OpenApi API = OpenApi.committed();
    private static final int TOLD = 40;
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** What no document can say: of an operation, how the refusal reads. */
    private static final List<Rule> RULES = List.of(
            new Rule("orders.take-order", "/currency is not known .*"),
            new Rule("orders.take-order", "/customer/email has a domain without .*"),
            new Rule("orders.take-order", "/lines/\\d+/sku is not known .*"),
            new Rule("orders.take-order", "/lines/\\d+/sku comes twice .*"),
            new Rule("orders.change-product", "/prices have an unknown currency .*"),
            new Rule("ops.make-release", "service: missing, or not in this process .*"),
            new Rule("ops.make-release", "count: missing .*"),
            new Rule("ops\\..*-audit", "(since|until): no such day .*"),
            new Rule(".*\\.list-.*", "after: not a cursor of this list .*"));

    /** What console hands on is judged where it is described, at its service; not all of them are here. */
    private static final String HANDED_ON = "console\\.(ask-part|pass-to-list|pass-to-part)";

    private record Rule(String operation, String refusal) {

        boolean covers(Operation one, String told) {
            return one.id().matches(operation) && told.matches(refusal);
        }
    }

    private final List<String> mistakes = new ArrayList<>();
    private final Set<String> met = new TreeSet<>();
    private final Set<Rule> used = new HashSet<>();
    private int admitted;
    private int refused;
    private Shop shop;

    /** Without those who would have work with each order; a new one each time, for the other test has made articles. */
    @BeforeEach
    void open() {
        shop = Shop.withConsole("--roles=orders,inventory,console", "--orderflow.http.longest-stream=200ms");
        for (int i = -1; i <= 101; i++) {
            var sku = i < 0 ? "mug" : "mug-" + i;
            shop.http()
                    .put("/products/" + sku, "{\"name\":\"A mug\",\"prices\":{\"EUR\":1290,\"USD\":1390}}")
                    .expect(200);
        }
        shop.sql().update("insert into inventory.stock_item (sku, on_hand) values ('mug', 1000)");
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void everyConstraintIsTheServersOwn() throws Exception {
        sendsAll(new Texts(false));
    }

    /** With every character at every place of every text. */
    @Test
    @Tag("campaign")
    void everyCharacterIsTakenOrRefusedAsTheDocumentsSay() throws Exception {
        sendsAll(new Texts(true));
    }

    private void sendsAll(Texts texts) throws Exception {
        Set<String> constraints = new TreeSet<>();
        for (var operation : API.operations()) {
            if (operation.id().matches(HANDED_ON)) {
                continue;
            }
            var probes = new Probes(API, texts, operation);
            constraints.addAll(probes.constraints());
            for (var probe : probes.all()) {
                var port = operation.isForOperators()
                        ? shop.instance().ops()
                        : shop.instance().address();
                judge(probe, HTTP.send(probe.to(port), BodyHandlers.ofByteArray()));
            }
        }
        System.out.printf(
                "Both sides: %d operations, %d constraints, %d requests admitted, %d refused%n",
                API.operations().size(), constraints.size(), admitted, refused);
        assertThat(mistakes.stream().limit(TOLD))
                .as(mistakes.size() + " mistakes")
                .isEmpty();
        assertThat(met).as("constraints that something violated").containsAll(constraints);
        assertThat(used).as("rules that refused something").containsExactlyInAnyOrderElementsOf(RULES);
    }

    private void judge(Probe probe, HttpResponse<byte[]> reply) {
        var operation = probe.operation();
        var found = new ArrayList<>(
                API.mistakes(operation.method(), probe.path(), reply.statusCode(), reply.headers(), reply.body()));
        if (probe.violations().isEmpty()) {
            admitted++;
            if (!isTaken(probe, reply)) {
                found.add("refused (expected: taken)");
            }
        } else {
            refused++;
            probe.violations().stream()
                    .map(ValidationMessage::getType)
                    .forEach(keyword -> met.add(operation.id() + " " + probe.where() + " " + keyword));
            if (reply.statusCode() < 400 || reply.statusCode() >= 500) {
                found.add("taken (expected: refused, for " + probe.violations() + ")");
            }
        }
        if (!found.isEmpty()) {
            mistakes.add(
                    probe + " is answered " + reply.statusCode() + " " + found + " " + new String(reply.body(), UTF_8));
        }
    }

    /** Whether it went through, or its resource does not exist, or a rule of business refused it. */
    private boolean isTaken(Probe probe, HttpResponse<byte[]> reply) {
        return switch (reply.statusCode()) {
            case 200, 202, 304 -> true;
            case 404 -> !probe.operation().method().equals("PUT"); // which makes what does not exist
            case 400, 422 -> told(reply.body()).allMatch(one -> isRuledOut(probe.operation(), one));
            default -> reply.statusCode() == 409;
        };
    }

    private static Stream<String> told(byte[] body) {
        var problem = OpenApi.parsed(body);
        return problem.has("errors")
                ? problem.path("errors")
                        .valueStream()
                        .map(one -> one.path("pointer").asText() + " "
                                + one.path("detail").asText())
                : Stream.of(problem.path("detail").asText());
    }

    private boolean isRuledOut(Operation operation, String told) {
        var rules = RULES.stream().filter(rule -> rule.covers(operation, told)).toList();
        used.addAll(rules);
        return !rules.isEmpty();
    }
}
