package io.orderflow.e2e.shop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import io.orderflow.contracts.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The AsyncAPI document that the app serves, and whether a record that a service wrote keeps to it: its channel has
 * such a message, whose key, headers and value are of their schemas, and its headers are those that this one names.
 */
public final class EventsDocument {

    /** Only where the cause had one. */
    private static final String TRACE = "traceparent";

    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(VersionFlag.V202012);

    /** JSON Schema's patterns are ECMA's, whose $ is the end and nothing before it. */
    private static final SchemaValidatorsConfig CONFIG = SchemaValidatorsConfig.builder()
            .regularExpressionFactory(regex ->
                    Pattern.compile(regex.replaceFirst("\\$$", "\\\\z")).asPredicate()::test)
            .build();

    private static final class Served {
        private static final EventsDocument DOCUMENT = new EventsDocument(read());

        private static JsonNode read() {
            try (var in = EventsDocument.class.getResourceAsStream("/asyncapi.json")) {
                return new ObjectMapper().readTree(in);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final JsonNode document;
    private final Map<JsonNode, JsonSchema> schemas = new ConcurrentHashMap<>();

    private EventsDocument(JsonNode document) {
        this.document = document;
    }

    /** As it is on the app's class path. */
    public static EventsDocument served() {
        return Served.DOCUMENT;
    }

    public JsonNode json() {
        return document;
    }

    /** Whether one of our roles, console included, says that it wrote the record; tests and strangers do not. */
    public boolean isOurs(Journal.Entry entry) {
        var source = headers(entry).get("ce_source");
        return Topology.WITH_CONSOLE.roles().stream().anyMatch(role -> ("/orderflow/" + role).equals(source));
    }

    /** What is wrong with a record, each with the part that it is wrong of; nothing, if it keeps to the document. */
    public List<String> mistakes(Journal.Entry entry) {
        var headers = headers(entry);
        var type = headers.getOrDefault("ce_type", "(none)");
        var reference = document.at("/channels/" + entry.topic() + "/messages").path(type);
        if (reference.isMissingNode()) {
            return List.of(entry + ": message " + type + " (expected: one of the channel's)");
        }
        var message = document.at(reference.path("$ref").asText().substring(1));
        List<String> mistakes = new ArrayList<>();
        mistakes.addAll(told("key", message.at("/bindings/kafka/key"), TextNode.valueOf(entry.key())));
        mistakes.addAll(told("headers", message.path("headers"), asJson(headers)));
        mistakes.addAll(told("value", message.path("payload"), value(entry)));
        var named = new TreeSet<String>();
        message.at("/headers/properties").fieldNames().forEachRemaining(named::add);
        named.remove(TRACE);
        var there = new TreeSet<>(headers.keySet());
        there.remove(TRACE);
        if (!there.equals(named)) {
            mistakes.add("headers " + there + " (expected: " + named + ")");
        }
        if (!entry.key().equals(headers.get("ce_subject"))) {
            mistakes.add("key " + entry.key() + " (expected: " + headers.get("ce_subject") + ")");
        }
        return mistakes.stream().map(mistake -> entry + ": " + mistake).toList();
    }

    /** What is not JSON becomes a text, which no message has as its value. */
    private static JsonNode value(Journal.Entry entry) {
        if (entry.value() == null) {
            return JsonNodeFactory.instance.nullNode();
        }
        return entry.body() == null ? TextNode.valueOf("no JSON") : entry.body();
    }

    private static JsonNode asJson(Map<String, String> headers) {
        var json = JsonNodeFactory.instance.objectNode();
        headers.forEach(json::put);
        return json;
    }

    private static Map<String, String> headers(Journal.Entry entry) {
        Map<String, String> headers = new HashMap<>();
        entry.headers().forEach(header -> {
            var value = header.value() == null ? new byte[0] : header.value();
            headers.put(header.key(), new String(value, StandardCharsets.UTF_8));
        });
        return headers;
    }

    private List<String> told(String part, JsonNode schema, JsonNode value) {
        return schemas.computeIfAbsent(schema, this::resolvable).validate(value).stream()
                .map(ValidationMessage::toString)
                .map(mistake -> part + " " + mistake)
                .toList();
    }

    private JsonSchema resolvable(JsonNode schema) {
        var copy = ((ObjectNode) schema).deepCopy();
        copy.set("components", document.path("components"));
        return SCHEMAS.getSchema(copy, CONFIG);
    }
}
