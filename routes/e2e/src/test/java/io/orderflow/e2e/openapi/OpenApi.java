package io.orderflow.e2e.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The committed OpenAPI document, and whether an answer keeps to it: its status is one of the operation's, with this
 * media type, these headers and a body of this schema. A request that belongs to no operation is answered with one of
 * the documented problems.
 */
public final class OpenApi {

    static final Path FILE = Path.of("../app/src/main/resources/openapi.json");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(VersionFlag.V202012);
    private static final SchemaValidatorsConfig STRICT =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    private final JsonNode document;
    private final List<Operation> operations = new ArrayList<>();
    private final Map<JsonNode, JsonSchema> schemas = new ConcurrentHashMap<>();

    /** A method of a path. */
    public record Operation(String id, String method, String path, JsonNode definition, boolean isForOperators) {

        private boolean is(String oneMethod, String onePath) {
            return method.equals(oneMethod)
                    && Pattern.matches(path.replaceAll("\\{[^}]+}", "[^/]+"), onePath.split("\\?", 2)[0]);
        }

        /** For example {@code GET /orders/{id}}. */
        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    OpenApi(JsonNode document) {
        this.document = document;
        for (var path : document.path("paths").properties()) {
            for (var one : path.getValue().properties()) {
                if (one.getValue().has("operationId")) {
                    operations.add(new Operation(
                            one.getValue().path("operationId").asText(),
                            one.getKey().toUpperCase(Locale.ROOT),
                            path.getKey(),
                            one.getValue(),
                            path.getValue().has("servers")));
                }
            }
        }
    }

    public static OpenApi committed() {
        try {
            return new OpenApi(JSON.readTree(Files.readString(FILE)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode document() {
        return document;
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
        if (answer.isMissingNode()) {
            return List.of("status " + status + " (expected: one that the document has for " + method + " " + path + ")");
        }
        List<String> mistakes = new ArrayList<>();
        for (var one : answer.path("headers").properties()) {
            mistakes.addAll(header(one.getKey(), resolved(one.getValue()), headers));
        }
        var mediaType = headers.firstValue("Content-Type").orElse("none").split(";", 2)[0].strip();
        var content = answer.path("content").path(mediaType);
        if (content.isMissingNode()) {
            mistakes.add("media type " + mediaType + " (expected: "
                    + answer.path("content").properties().stream().map(Map.Entry::getKey).toList() + ")");
        } else if (content.has("schema")) {
            mistakes.addAll(mistakes(content.path("schema"), body));
        }
        return mistakes;
    }

    /** What is wrong with a body; nothing, if it is one of this schema. */
    public List<String> mistakes(JsonNode schema, byte[] body) {
        try {
            return mistakes(schema, JSON.readTree(body));
        } catch (JsonProcessingException e) {
            return List.of("body: not JSON");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<String> mistakes(JsonNode schema, JsonNode value) {
        return schemas.computeIfAbsent(schema, this::compiled).validate(value).stream()
                .map(ValidationMessage::toString)
                .toList();
    }

    /** A schema with what it may refer to. */
    private JsonSchema compiled(JsonNode schema) {
        var whole = JSON.createObjectNode();
        whole.set("components", document.path("components"));
        whole.putArray("allOf").add(schema);
        return SCHEMAS.getSchema(whole, STRICT);
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
    private JsonNode problem(int status) {
        for (var one : document.at("/components/responses").properties()) {
            if (one.getValue().at("/content/application~1problem+json/schema/properties/status/const").asInt() == status) {
                return one.getValue();
            }
        }
        return document.path("nothing");
    }

    public JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }
}
