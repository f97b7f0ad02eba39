package io.orderflow.e2e.openapi.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Schemas of the records that requests are read into and answers written from. Members and their types are the
 * record's, and there are no others; the part of the document that describes a record adds what only it can say:
 * limits, descriptions, what may be null. What is no record of ours is a schema in full.
 */
final class OpenApiSchemas {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final PropertyNamingStrategies.SnakeCaseStrategy SNAKE =
            (PropertyNamingStrategies.SnakeCaseStrategy) PropertyNamingStrategies.SNAKE_CASE;

    private final Map<Class<?>, String> names = new HashMap<>();
    private final ObjectNode schemas = JSON.objectNode();

    OpenApiSchemas(List<OpenApiPart> parts) {
        for (var part : parts) {
            for (var one : part.content().path("schemas").properties()) {
                if (one.getValue().has("record")) {
                    names.put(part.type(one.getValue().path("record").asText()), one.getKey());
                }
            }
        }
        for (var part : parts) {
            for (var one : part.content().path("schemas").properties()) {
                schemas.set(one.getKey(), schema(one.getKey(), one.getValue(), part));
            }
        }
        for (var part : parts) {
            part.content().path("operations").findValues("body").stream()
                    .filter(body -> body.has("schema"))
                    .forEach(body -> close(body.path("schema").asText()));
        }
    }

    /** What is sent has the documented members and no others; what is answered may grow. */
    private void close(String name) {
        var schema = (ObjectNode) schemas.path(name);
        schema.put("additionalProperties", false);
        for (var other : schema.findValuesAsText("$ref")) {
            close(other.substring(other.lastIndexOf('/') + 1));
        }
    }

    /** By their names. */
    ObjectNode all() {
        return schemas;
    }

    private ObjectNode schema(String name, JsonNode described, OpenApiPart part) {
        if (described.has("schema")) {
            return described.path("schema").deepCopy();
        }
        var schema = JSON.objectNode();
        schema.put("type", "object").set("description", described.path("description"));
        var properties = schema.putObject("properties");
        if (described.has("page")) {
            page(described.path("page").asText(), properties);
        } else {
            record(name, part.type(described.path("record").asText()), described, properties);
        }
        var required = schema.putArray("required");
        var optional = new TreeSet<String>();
        described.path("optional").forEach(one -> optional.add(one.asText()));
        properties.fieldNames().forEachRemaining(one -> {
            if (!optional.contains(one)) {
                required.add(one);
            }
        });
        return schema;
    }

    private static void page(String of, ObjectNode properties) {
        properties
                .putObject("items")
                .put("type", "array")
                .put("description", "The rows of this page.")
                .put("maxItems", io.orderflow.http.Paging.MAX_LIMIT)
                .set("items", reference(of));
        var next = properties.putObject("next");
        next.putArray("type").add("string").add("null");
        next.put("description", "The `after` of the page that follows; null on the last one.");
    }

    private void record(String name, Class<?> type, JsonNode described, ObjectNode properties) {
        if (!type.isRecord()) {
            throw new IllegalArgumentException(name + ": " + type + " (expected: a record)");
        }
        var members = described.path("properties");
        var given = new TreeSet<String>();
        members.fieldNames().forEachRemaining(given::add);
        for (var component : type.getRecordComponents()) {
            var member = SNAKE.translate(component.getName());
            if (!given.remove(member) || !members.path(member).has("description")) {
                throw new IllegalArgumentException(name + "." + member + ": no description (expected: one)");
            }
            properties.set(member, member(component, members.path(member)));
        }
        if (!given.isEmpty()) {
            throw new IllegalArgumentException(name + ": no such members of " + type + ": " + given);
        }
    }

    private ObjectNode member(RecordComponent component, JsonNode described) {
        var schema = of(component.getGenericType());
        for (var one : described.properties()) {
            switch (one.getKey()) {
                case "nullable" -> nullable(schema);
                case "additionalProperties" ->
                    ((ObjectNode) schema.path("additionalProperties")).setAll((ObjectNode) one.getValue());
                default -> schema.set(one.getKey(), one.getValue());
            }
        }
        return schema;
    }

    private static void nullable(ObjectNode schema) {
        var type = schema.path("type");
        schema.putArray("type").add(type).add("null");
        if (schema.path("enum") instanceof com.fasterxml.jackson.databind.node.ArrayNode constants) {
            constants.addNull();
        }
    }

    private ObjectNode of(Type type) {
        var schema = JSON.objectNode();
        switch (type) {
            case ParameterizedType generic
            when generic.getRawType() == List.class ->
                schema.put("type", "array").set("items", of(generic.getActualTypeArguments()[0]));
            case ParameterizedType generic
            when Map.class.isAssignableFrom((Class<?>) generic.getRawType()) ->
                schema.put("type", "object").set("additionalProperties", of(generic.getActualTypeArguments()[1]));
            case Class<?> one
            when one.isRecord() -> {
                if (!names.containsKey(one)) {
                    throw new IllegalArgumentException(
                            one + ": no schema (expected: one with record: " + one.getSimpleName() + ")");
                }
                return reference(names.get(one));
            }
            case Class<?> one
            when one.isEnum() -> {
                var constants = schema.put("type", "string").putArray("enum");
                Arrays.stream(one.getEnumConstants()).forEach(constant -> constants.add(((Enum<?>) constant).name()));
            }
            case Class<?> one when one == String.class -> schema.put("type", "string");
            case Class<?> one
            when one == UUID.class -> schema.put("type", "string").put("format", "uuid");
            case Class<?> one
            when one == Instant.class -> schema.put("type", "string").put("format", "date-time");
            case Class<?> one when Set.of(boolean.class, Boolean.class).contains(one) -> schema.put("type", "boolean");
            case Class<?> one
            when Set.of(double.class, Double.class).contains(one) ->
                schema.put("type", "number").put("format", "double");
            case Class<?> one when one == JsonNode.class -> schema.removeAll();
            case Class<?> one when one == BigInteger.class -> schema.put("type", "integer");
            case Class<?> one
            when Set.of(int.class, Integer.class).contains(one) ->
                schema.put("type", "integer").put("format", "int32");
            case Class<?> one
            when Set.of(long.class, Long.class).contains(one) ->
                schema.put("type", "integer").put("format", "int64");
            default ->
                throw new IllegalArgumentException(
                        type + ": no schema (expected: a record, an enum, a list, a map or a plain value)");
        }
        return schema;
    }

    static ObjectNode reference(String name) {
        return JSON.objectNode().put("$ref", "#/components/schemas/" + name);
    }
}
