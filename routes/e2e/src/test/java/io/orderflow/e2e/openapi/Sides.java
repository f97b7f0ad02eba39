package io.orderflow.e2e.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What may be sent in the place of a good example: values on and around every constraint of its schema, one place
 * changed at a time. On which side of a constraint a value is, a validator says, not this class.
 */
final class Sides {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<JsonNode> KINDS = kinds();

    private final OpenApi api;
    private final Texts texts;

    Sides(OpenApi api, Texts texts) {
        this.api = api;
        this.texts = texts;
    }

    /**
     * A value.
     *
     * @param where the pointer of the place that differs from the example
     */
    record Change(String where, JsonNode value) {

        private Change in(String member, Function<JsonNode, JsonNode> whole) {
            return new Change(member + where, whole.apply(value));
        }
    }

    private static List<JsonNode> kinds() {
        try {
            List<JsonNode> kinds = new ArrayList<>();
            JSON.readTree("[null, true, 1, 1.5, \"x\", [], {}]").forEach(kinds::add);
            return List.copyOf(kinds);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    List<Change> of(JsonNode given, JsonNode example) {
        var schema = api.resolved(given);
        var changes = new ArrayList<>(KINDS.stream().map(Sides::here).toList());
        switch (schema.path("type").asText()) {
            case "integer" -> numbers(schema).forEach(one -> changes.add(here(one)));
            case "string" ->
                texts.of(schema, example.asText()).forEach(one -> changes.add(here(TextNode.valueOf(one))));
            case "array" -> changes.addAll(arrays(schema, example));
            default -> changes.addAll(objects(schema, (ObjectNode) example));
        }
        return changes;
    }

    private static Change here(JsonNode value) {
        return new Change("", value);
    }

    /** Whole ones in several notations, and a half. */
    private static List<JsonNode> numbers(JsonNode schema) {
        List<JsonNode> numbers = new ArrayList<>();
        for (var limit : List.of("minimum", "maximum")) {
            if (schema.has(limit)) {
                for (int distance = -1; distance <= 1; distance++) {
                    var number = schema.path(limit).bigIntegerValue().add(BigInteger.valueOf(distance));
                    numbers.add(BigIntegerNode.valueOf(number));
                    numbers.add(DecimalNode.valueOf(new BigDecimal(number + ".0")));
                }
            }
        }
        Stream.of("5.0", "5e1", "50e-1", "5.5", "1e30", "0.0", "-1.0")
                .forEach(one -> numbers.add(DecimalNode.valueOf(new BigDecimal(one))));
        Stream.of(31, 32, 63, 64).forEach(power -> numbers.add(BigIntegerNode.valueOf(BigInteger.TWO.pow(power))));
        return numbers;
    }

    private List<Change> arrays(JsonNode schema, JsonNode example) {
        List<Change> changes = new ArrayList<>();
        for (int size : around(schema, "minItems", "maxItems")) {
            var array = JSON.createArrayNode();
            for (int i = 0; i < size; i++) {
                array.add(another(example.get(0), i));
            }
            changes.add(here(array));
        }
        changes.add(here(JSON.createArrayNode().add(example.get(0)).add(example.get(0))));
        for (var change : of(schema.path("items"), example.get(0))) {
            changes.add(change.in("/0", element -> {
                var array = example.<ArrayNode>deepCopy();
                array.set(0, element);
                return array;
            }));
        }
        return changes;
    }

    /** The same with other names. */
    private static JsonNode another(JsonNode element, int number) {
        var other = element.deepCopy();
        if (other instanceof ObjectNode object) {
            object.properties().stream()
                    .filter(one -> one.getValue().isTextual())
                    .forEach(one -> one.setValue(TextNode.valueOf(one.getValue().asText() + "-" + number)));
        }
        return other;
    }

    private List<Change> objects(JsonNode schema, ObjectNode example) {
        List<Change> changes = new ArrayList<>();
        changes.add(here(example.deepCopy().put("unknown", 1)));
        for (var property : schema.path("properties").properties()) {
            var name = property.getKey();
            changes.add(here(example.deepCopy().without(name)));
            for (var change : of(property.getValue(), example.path(name))) {
                changes.add(change.in("/" + name, value -> example.deepCopy().set(name, value)));
            }
        }
        if (schema.path("additionalProperties").isObject()) {
            changes.addAll(maps(schema, example));
        }
        return changes;
    }

    private List<Change> maps(JsonNode schema, ObjectNode example) {
        List<Change> changes = new ArrayList<>();
        var first = example.properties().iterator().next();
        for (var name : texts.of(schema.path("propertyNames"), first.getKey())) {
            changes.add(here(JSON.createObjectNode().set(name, first.getValue())));
        }
        for (var change : of(schema.path("additionalProperties"), first.getValue())) {
            changes.add(
                    change.in("/" + first.getKey(), value -> example.deepCopy().set(first.getKey(), value)));
        }
        for (int size : around(schema, "minProperties", "maxProperties")) {
            var map = JSON.createObjectNode();
            for (int i = 0; i < size; i++) {
                map.set(
                        "" + (char) ('A' + i / 676) + (char) ('A' + i / 26 % 26) + (char) ('A' + i % 26),
                        first.getValue());
            }
            changes.add(here(map));
        }
        return changes;
    }

    private static Set<Integer> around(JsonNode schema, String... limits) {
        Set<Integer> sizes = new LinkedHashSet<>();
        for (var limit : limits) {
            if (schema.has(limit)) {
                int size = schema.path(limit).asInt();
                sizes.addAll(List.of(Math.max(0, size - 1), size, size + 1));
            }
        }
        return sizes;
    }
}
