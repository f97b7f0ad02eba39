package io.orderflow.e2e.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.orderflow.e2e.openapi.OpenApi;
import io.orderflow.e2e.openapi.OpenApi.Operation;
import io.orderflow.e2e.shop.Shop;
import io.orderflow.e2e.shop.Site;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Requests drawn from the OpenAPI document, as they should be and spoilt, each answered as the document says and none
 * with 5xx. A run is repeated with {@code -Dseed}.
 */
@Tag("campaign")
class GeneratedRequestsTest {

    private static final int REQUESTS = 10_000;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final OpenApi API = OpenApi.committed();

    /** What the edge lets through to a route, which alone knows of the operation. */
    private static final String PLAIN_PATH = "(/(?!\\.{1,2}(/|$))[A-Za-z0-9._~-]{1,128})+";

    private static final List<String> SPOILT = List.of(
            "", "null", "-1", "0", "%", "%00", "%ff", "..", "a;b", "'", "1e9", "\u00e4", "{}", "\t", "a".repeat(300));
    private static final List<String> SPOILT_VALUES = List.of(
            "null",
            "true",
            "-1",
            "1.5",
            "1e400",
            "[]",
            "{}",
            "\"\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "9223372036854775808");

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void everyAnswerIsADocumentedOneAndNoneIsOurFault() {
        System.out.printf("Generated requests: -Dseed=%d%n", seed);
        Map<Integer, Integer> statuses = new TreeMap<>();
        List<String> mistakes = new ArrayList<>();
        try (var shop = Shop.at(Site.fresh())) {
            shop.http()
                    .put("/products/mug", "{\"name\":\"Mug\",\"prices\":{\"EUR\":1290}}")
                    .expect(200);
            var front = new BareSocket(shop.instance().address());
            var back = new BareSocket(shop.instance().ops());
            for (int i = 0; i < REQUESTS; i++) {
                var operation =
                        API.operations().get(random.nextInt(API.operations().size()));
                var request = request(operation);
                var reply = (operation.isForOperators() ? back : front).send(request);
                statuses.merge(reply.status(), 1, Integer::sum);
                var found = API.mistakes(
                        operation.method(),
                        path(operation, reply, request),
                        reply.status(),
                        reply.headers(),
                        reply.body());
                if (reply.status() >= 500 || !found.isEmpty()) {
                    mistakes.add(reply.status() + " " + found + " to " + new String(request, StandardCharsets.UTF_8));
                }
            }
        }
        System.out.printf("Generated requests: %d, answered %s%n", REQUESTS, statuses);
        assertThat(mistakes).as("-Dseed=" + seed).isEmpty();
        assertThat(statuses.keySet()).as("what was drawn has both kinds").contains(200, 202, 400, 404, 422);
    }

    /** What was asked for, or nothing where the spoilt path is another one, which only 404 and 400 tell. */
    private static String path(Operation operation, BareSocket.Reply reply, byte[] request) {
        var target = new String(request, StandardCharsets.ISO_8859_1)
                .split(" ", 3)[1]
                .split("\\?", 2)[0];
        boolean is = API.operation(operation.method(), target)
                .map(one -> one.equals(operation))
                .orElse(false);
        boolean isRefusedBeforeRoutes = reply.status() == 404 && !target.matches(PLAIN_PATH);
        return is && !isRefusedBeforeRoutes ? target : "/nowhere";
    }

    private byte[] request(Operation operation) {
        var path = operation.path();
        var query = new StringBuilder();
        var headers = new StringBuilder("Host: shop\r\nConnection: close\r\n");
        for (var one : operation.definition().path("parameters")) {
            var parameter = API.resolved(one);
            var name = parameter.path("name").asText();
            var value = spoilt(8) ? any(SPOILT) : value(name);
            switch (parameter.path("in").asText()) {
                case "path" -> path = path.replace("{" + name + "}", encoded(value));
                case "query" -> query.append(spoilt(3) ? "&" + name + "=" + encoded(value) : "");
                default -> headers.append(spoilt(20) ? "" : name + ": " + value.replaceAll("[\r\n]", "") + "\r\n");
            }
        }
        var body = body(operation);
        if (body.length > 0) {
            headers.append("Content-Type: ")
                    .append(spoilt(30) ? "text/plain" : "application/json")
                    .append("\r\nContent-Length: ")
                    .append(body.length)
                    .append("\r\n");
        }
        var target = path + (query.isEmpty() ? "" : "?" + query.substring(1));
        var all = new ByteArrayOutputStream();
        all.writeBytes((operation.method() + " " + target + " HTTP/1.1\r\n" + headers + "\r\n")
                .getBytes(StandardCharsets.UTF_8));
        all.writeBytes(body);
        return all.toByteArray();
    }

    private boolean spoilt(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private String any(List<String> some) {
        return some.get(random.nextInt(some.size()));
    }

    private String value(String parameter) {
        return switch (parameter) {
            case "id" -> new UUID(random.nextLong(), random.nextLong()).toString();
            case "sku" -> any(List.of("mug", "teapot", "nothing"));
            case "limit" -> String.valueOf(1 + random.nextInt(100));
            case "status" -> any(List.of("PENDING", "CONFIRMED", "CANCELLED"));
            case "after" -> any(List.of("AAEx", "forged"));
            default -> "k-" + random.nextInt(5_000);
        };
    }

    /** As a URI has it; what cannot stand in one stays as it is and is refused. */
    private static String encoded(String text) {
        return text.replace(" ", "%20").replace("\t", "%09");
    }

    /** One of the document's own examples, as it is or with a member or some bytes spoilt. */
    private byte[] body(Operation operation) {
        var examples = operation.definition().at("/requestBody/content/application~1json/examples");
        if (examples.isMissingNode() || examples.isEmpty()) {
            return new byte[0];
        }
        var all = new ArrayList<>(examples.properties());
        var example =
                API.resolved(all.get(random.nextInt(all.size())).getValue()).path("value");
        var text = example.isTextual() ? example.asText() : example.toString();
        return switch (random.nextInt(5)) {
            case 0 -> spoiltMember(text);
            case 1 -> spoiltBytes(text.getBytes(StandardCharsets.UTF_8));
            case 2 -> spoilt(10) ? new byte[0] : spoiltMember(text);
            default -> text.getBytes(StandardCharsets.UTF_8);
        };
    }

    private byte[] spoiltMember(String text) {
        try {
            if (!(JSON.readTree(text) instanceof ObjectNode root) || root.isEmpty()) {
                return text.getBytes(StandardCharsets.UTF_8);
            }
            List<ObjectNode> objects = new ArrayList<>(List.of(root));
            for (int i = 0; i < objects.size(); i++) {
                for (var child : objects.get(i)) {
                    if (child instanceof ObjectNode object && !object.isEmpty()) {
                        objects.add(object);
                    } else if (child.isArray()) {
                        child.forEach(element -> {
                            if (element instanceof ObjectNode object && !object.isEmpty()) {
                                objects.add(object);
                            }
                        });
                    }
                }
            }
            var object = objects.get(random.nextInt(objects.size()));
            var names = new ArrayList<String>();
            object.fieldNames().forEachRemaining(names::add);
            var name = any(names);
            switch (random.nextInt(3)) {
                case 0 -> object.remove(name);
                case 1 -> object.put("unknown-" + random.nextInt(9), 1);
                default -> object.putRawValue(name, new RawValue(any(SPOILT_VALUES)));
            }
            return root.toString().getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    private byte[] spoiltBytes(byte[] bytes) {
        for (int i = 0; i <= random.nextInt(4) && bytes.length > 0; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }
}
