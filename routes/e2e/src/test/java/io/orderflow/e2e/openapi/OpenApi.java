package io.orderflow.e2e.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.orderflow.http.Problem;
import io.orderflow.http.ProblemType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The committed OpenAPI documents, and whether an answer keeps to them: its status is one of the operation's, with this
 * media type, these headers and a body of this schema, and a problem is of one of the types that this status has there.
 * A request that belongs to no operation is answered with a problem of its status. What one document calls by a name
 * the other calls by it, too.
 */
public final class OpenApi {

    /** By their names on the class path, which are those of the committed files, too. */
    static final List<String> FILES = List.of("openapi.json", "openapi-ops.json");

    static final Path FOLDER = Path.of("../app/src/main/resources");

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(VersionFlag.V202012);

    /** {@code 5.0} is an integer, and {@code $} the very end, as JSON Schema says and Java does not. */
    private static final SchemaValidatorsConfig STRICT = SchemaValidatorsConfig.builder()
            .formatAssertionsEnabled(true)
            .losslessNarrowing(true)
            .regularExpressionFactory(
                    regex -> Pattern.compile(regex.replaceFirst("\\$$", "\\\\z")).asPredicate()::test)
            .build();

    /** What a path looks like when it is sent. */
    private static final Map<String, Pattern> FORMS = new ConcurrentHashMap<>();

    private final Map<String, JsonNode> documents = new LinkedHashMap<>();
    private final ObjectNode components = JSON.createObjectNode();
    private final List<Operation> operations = new ArrayList<>();
    private final Map<JsonNode, JsonSchema> schemas = new ConcurrentHashMap<>();

    /** A method of a path. */
    public record Operation(String id, String method, String path, JsonNode definition, boolean isForOperators) {

        private boolean is(String oneMethod, String onePath) {
            return method.equals(oneMethod)
                    && FORMS.computeIfAbsent(path, OpenApi::form)
                            .matcher(onePath.split("\\?", 2)[0])
                            .matches();
        }

        /** For example {@code GET /orders/{id}}. */
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private OpenApi() {}

    private static Pattern form(String path) {
        return Pattern.compile(path.replaceAll("\\{[^}]+}", "[^/]+"));
    }

    /** As they are on the class path. */
    public static OpenApi committed() {
        var api = new OpenApi();
        for (var file : FILES) {
            try (var in = OpenApi.class.getResourceAsStream("/" + file)) {
                api.add(file, JSON.readTree(in));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return api;
    }

    private void add(String file, JsonNode document) {
        documents.put(file, document);
        for (var kind : document.path("components").properties()) {
            kind.getValue().properties().forEach(one -> components
                    .withObject("/" + kind.getKey())
                    .set(one.getKey(), one.getValue()));
        }
        for (var path : document.path("paths").properties()) {
            for (var one : path.getValue().properties()) {
                operations.add(new Operation(
                        one.getValue().path("operationId").asText(),
                        one.getKey().toUpperCase(Locale.ROOT),
                        path.getKey(),
                        one.getValue(),
                        !file.equals(FILES.getFirst())));
            }
        }
    }

    /** By their files. */
    Map<String, JsonNode> documents() {
        return documents;
    }

    /** Of all documents. */
    JsonNode components() {
        return components;
    }

    public List<Operation> operations() {
        return operations;
    }

    /** @param path as it was sent, without the part that names the server */
    public Optional<Operation> operation(String method, String path) {
        return operations.stream().filter(one -> one.is(method, path)).findFirst();
    }

    /** What is wrong with the answer to a request; nothing, if it keeps to the document. */
    public List<String> mistakes(String method, String path, int status, HttpHeaders headers, byte[] body) {
        var answer = operation(method, path)
                .map(one -> resolved(one.definition().path("responses").path(String.valueOf(status))))
                .orElseGet(() -> problem(status));
        return answer.isMissingNode()
                ? List.of("status " + status + " (expected: one that the document has for " + method + " " + path + ")")
                : mistakes(answer, status, headers, body);
    }

    /** What is wrong with an answer that is described so. */
    List<String> mistakes(JsonNode answer, int status, HttpHeaders headers, byte[] body) {
        List<String> mistakes = new ArrayList<>();
        for (var one : answer.path("headers").properties()) {
            mistakes.addAll(header(one.getKey(), resolved(one.getValue()), headers));
        }
        if (!answer.has("content")) {
            if (body.length > 0 || headers.firstValue("Content-Type").isPresent()) {
                mistakes.add("a body (expected: none)");
            }
            return mistakes;
        }
        var mediaType = headers.firstValue("Content-Type").orElse("none").split(";", 2)[0].strip();
        var content = answer.path("content").path(mediaType);
        if (content.isMissingNode()) {
            mistakes.add("media type " + mediaType + " (expected: "
                    + answer.path("content").properties().stream().map(Map.Entry::getKey).toList() + ")");
        } else if (mediaType.endsWith("json")
                && !content.at("/schema/format").asText().equals("binary")) {
            mistakes.addAll(mistakes(content.path("schema"), body));
            if (answer.has("x-problem-types")) {
                mistakes.addAll(problemMistakes(answer.path("x-problem-types"), status, body));
            }
        }
        return mistakes;
    }

    private static List<String> problemMistakes(JsonNode types, int status, byte[] body) {
        var problem = parsed(body);
        List<String> mistakes = new ArrayList<>();
        if (!types.valueStream().toList().contains(problem.path("type"))) {
            mistakes.add("problem " + problem.path("type") + " (expected: one of " + types + ")");
        }
        if (problem.path("status").asInt() != status) {
            mistakes.add("a problem of " + problem.path("status") + " (expected: " + status + ")");
        }
        return mistakes;
    }

    /** What is wrong with a body; nothing, if it is one of this schema. */
    public List<String> mistakes(JsonNode schema, byte[] body) {
        var value = parsed(body);
        return value.isMissingNode() ? List.of("body: not JSON") : mistakes(schema, value);
    }

    /** Missing, if it is not JSON. */
    static JsonNode parsed(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            return JSON.missingNode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<String> mistakes(JsonNode schema, JsonNode value) {
        return violations(schema, value).stream()
                .map(ValidationMessage::toString)
                .toList();
    }

    /** The same, with the keyword that each violates. */
    Set<ValidationMessage> violations(JsonNode schema, JsonNode value) {
        return schemas.computeIfAbsent(schema, this::compiled).validate(value);
    }

    /**
     * A schema with what it may refer to. A client has to take members that it does not know; what we answer today has
     * none but those that are documented.
     */
    private JsonSchema compiled(JsonNode schema) {
        var whole = JSON.createObjectNode();
        var closed = components.deepCopy();
        closed.path("schemas").forEach(OpenApi::close);
        whole.set("components", closed);
        whole.putArray("allOf").add(schema);
        return SCHEMAS.getSchema(whole, STRICT);
    }

    private static void close(JsonNode schema) {
        if (schema instanceof ObjectNode object && object.has("properties") && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
    }

    private List<String> header(String name, JsonNode definition, HttpHeaders headers) {
        var given = headers.firstValue(name);
        if (given.isEmpty()) {
            return definition.path("required").asBoolean() ? List.of("header " + name + ": missing") : List.of();
        }
        boolean isNumber =
                definition.at("/schema/type").asText().equals("integer") && given.get().matches("[0-9]{1,9}");
        return mistakes(
                        definition.path("schema"),
                        isNumber
                                ? JSON.getNodeFactory().numberNode(Integer.parseInt(given.get()))
                                : JSON.getNodeFactory().textNode(given.get()))
                .stream()
                .map(mistake -> "header " + name + ": " + mistake)
                .toList();
    }

    /** The answer with this status where no operation is. */
    private static JsonNode problem(int status) {
        var answer = JSON.createObjectNode();
        var types = answer.putArray("x-problem-types");
        Arrays.stream(ProblemType.values())
                .filter(type -> type.status() == status)
                .forEach(type -> types.add(type.uri()));
        answer.withObject("/headers/X-Request-Id").put("$ref", "#/components/headers/X-Request-Id");
        answer.withObject("/content")
                .withObject("/" + Problem.MEDIA_TYPE.replace("/", "~1"))
                .withObject("/schema")
                .put("$ref", "#/components/schemas/Problem");
        return types.isEmpty() ? JSON.missingNode() : answer;
    }

    public JsonNode resolved(JsonNode node) {
        return node.has("$ref")
                ? components.at(node.path("$ref").asText().substring("#/components".length()))
                : node;
    }

    /** Sends a request as it stands, and reads until the server closes. */
    static String raw(URI address, String request) throws IOException {
        try (var socket = new Socket("localhost", address.getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
