package io.orderflow.messaging.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Documents on both sides of every constraint of a JSON Schema, each of them an example with one member changed. Which
 * side a document is on, a validator knows.
 */
final class Variations {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> KINDS = List.of("null", "true", "\"x\"", "7", "1.5", "[]", "{}");
    private static final List<String> LETTERS =
            List.of("0", "1", "2", "3", "5", "6", "9", "a", "f", "g", "A", "F", "Z", "z", "T", "t", "+", "-", ":", ".");

    private static final List<String> TIMES = List.of(
            "2026-11-23T12:00:60Z",
            "2026-12-31T23:59:60.123Z",
            "2026-11-23T12:00:61Z",
            "2026-11-23T12:00:00.123456789012Z",
            "2026-11-23t12:00:00z",
            "2026-11-23T12:00:00+23:59",
            "2026-11-23T12:00:00-00:00",
            "2026-11-23T12:00:00+24:00",
            "2026-11-23T24:00:00Z",
            "2026-11-23T12:00Z",
            "2026-11-23T12:00:00",
            "2026-11-23T12:00:00+01",
            "2026-11-23T12:00:00.Z",
            "2026-11-23T12:00:00.5",
            "2026-11-23T12:00:00.5+01:00",
            "2026-11-23T12:00:00+1:000",
            "2026-11-23T12:00:00Z+01:00",
            "\u0662026-11-23T12:00:00Z",
            "2026-11-23T12:00:00+01:00:30",
            "+12026-11-23T12:00:00Z",
            "0000-01-01T00:00:00+01:00",
            "2024-02-29T00:00:00Z",
            "2023-02-29T00:00:00Z",
            "2000-02-29T00:00:00Z",
            "1900-02-29T00:00:00Z",
            "2026-04-31T00:00:00Z");

    private final ObjectNode example;
    private final List<Document> documents = new ArrayList<>();

    /** @param constraint the member and the keyword that it tries */
    record Document(String constraint, String text) {}

    private interface Place {
        void put(ObjectNode document, JsonNode value);
    }

    private Variations(JsonNode schema, ObjectNode example) {
        this.example = example;
        vary(schema, "", (document, value) -> document.setAll((ObjectNode) value), example);
    }

    static List<Document> of(JsonNode schema, String example) throws IOException {
        return new Variations(schema, (ObjectNode) JSON.readTree(example)).documents;
    }

    private void vary(JsonNode schema, String path, Place place, JsonNode value) {
        if (schema.has("type") && !path.isEmpty()) {
            KINDS.forEach(kind -> add(path + " type", place, raw(kind)));
        }
        schema.path("enum").forEach(word -> texts(path + " enum", place, wordsLike(word.textValue())));
        if (schema.has("const")) {
            constant(path + " const", place, schema.path("const"));
        }
        switch (schema.path("type").asText()) {
            case "object" -> members(schema, path, place, (ObjectNode) value);
            case "array" -> items(schema, path, place, (ArrayNode) value);
            case "integer" -> numbers(schema, path, place);
            case "string" -> text(schema, path, place, value.textValue());
            default -> {}
        }
    }

    private void members(JsonNode schema, String path, Place place, ObjectNode value) {
        schema.path("required")
                .forEach(name -> documents.add(new Document(
                        path + " required", text(without(place, value, name.textValue(), path.isEmpty())))));
        if (!schema.path("required").isEmpty()) {
            documents.add(new Document(path + " required", example.toString()));
        }
        schema.path("properties").properties().forEach(member -> {
            var name = member.getKey();
            vary(
                    member.getValue(),
                    path + "/" + name,
                    (document, changed) -> {
                        var object = value.deepCopy();
                        object.set(name, changed);
                        place.put(document, object);
                    },
                    value.has(name) ? value.get(name) : exampleOf(member.getValue()));
        });
    }

    private ObjectNode without(Place place, ObjectNode value, String name, boolean isRoot) {
        var document = example.deepCopy();
        if (isRoot) {
            document.remove(name);
        } else {
            var object = value.deepCopy();
            object.remove(name);
            place.put(document, object);
        }
        return document;
    }

    private void items(JsonNode schema, String path, Place place, ArrayNode value) {
        var item = value.isEmpty() ? exampleOf(schema.path("items")) : value.get(0);
        int least = schema.path("minItems").asInt(0);
        for (int size = 0; size <= least + 2; size++) {
            var list = NODES.arrayNode();
            IntStream.range(0, size).forEach(i -> list.add(item));
            add(path + (least > 0 ? " minItems" : " items"), place, list);
        }
        vary(
                schema.path("items"),
                path + "/0",
                (document, changed) ->
                        place.put(document, NODES.arrayNode().add(item).add(changed)),
                item);
    }

    private static JsonNode exampleOf(JsonNode schema) {
        return switch (schema.path("type").asText()) {
            case "object" -> {
                var object = NODES.objectNode();
                schema.path("properties")
                        .properties()
                        .forEach(member -> object.set(member.getKey(), exampleOf(member.getValue())));
                yield object;
            }
            case "array" -> NODES.arrayNode().add(exampleOf(schema.path("items")));
            case "integer" -> schema.path("minimum");
            default -> TextNode.valueOf("mug");
        };
    }

    private void numbers(JsonNode schema, String path, Place place) {
        Stream.of("minimum", "maximum").filter(schema::has).forEach(bound -> {
            var limit = schema.path(bound).bigIntegerValue();
            for (int step = -1; step <= 1; step++) {
                var number = limit.add(BigInteger.valueOf(step));
                Stream.of("", ".0", "e0", "E+0", "0e-1", ".000000000000000000000000000000", ".5")
                        .map(tail -> number + tail)
                        .filter(literal -> !literal.matches("-?0[0-9].*"))
                        .forEach(literal -> add(path + " " + bound, place, raw(literal)));
            }
        });
        Stream.of(
                        "-0",
                        "-0.0",
                        "0e9",
                        "1e3",
                        "10e-1",
                        "15e-1",
                        "1e-1",
                        "1e400",
                        "-1e400",
                        "1e-400",
                        "1" + "0".repeat(900))
                .forEach(literal -> add(path + " type", place, raw(literal)));
    }

    private void text(JsonNode schema, String path, Place place, String value) {
        for (var bound : List.of("minLength", "maxLength")) {
            if (schema.has(bound)) {
                int limit = schema.path(bound).asInt();
                IntStream.rangeClosed(Math.max(0, limit - 1), limit + 1)
                        .forEach(length -> texts(
                                path + " " + bound,
                                place,
                                Stream.of("x".repeat(length), "\uD83C\uDF75".repeat(length))));
            }
        }
        if (schema.has("pattern")) {
            texts(path + " pattern", place, textsLike(value));
        }
        if (schema.path("format").asText().equals("date-time")) {
            texts(path + " pattern", place, TIMES.stream());
        }
    }

    private static Stream<String> textsLike(String text) {
        var changed = IntStream.range(0, text.length()).boxed().flatMap(i -> {
            var before = text.substring(0, i);
            var after = text.substring(i + 1);
            return Stream.concat(
                    LETTERS.stream()
                            .flatMap(letter -> Stream.of(before + letter + after, before + letter + text.substring(i))),
                    Stream.of(before + after, before + '\u0000' + after, before + '\uFF11' + after));
        });
        return Stream.of(changed, wordsLike(text), Stream.of("", "+" + text, text + text))
                .flatMap(texts -> texts);
    }

    private static Stream<String> wordsLike(String word) {
        return Stream.of(
                word,
                word.toLowerCase(Locale.ROOT),
                word.toUpperCase(Locale.ROOT),
                word + "\n",
                " " + word,
                word + " ",
                word + "\u0000");
    }

    private void constant(String constraint, Place place, JsonNode constant) {
        if (constant.isTextual()) {
            texts(constraint, place, wordsLike(constant.textValue()));
        } else {
            Stream.of("", ".0", "e0", ".5", "0", "\"")
                    .forEach(tail -> add(constraint, place, raw((tail.equals("\"") ? tail : "") + constant + tail)));
            KINDS.forEach(kind -> add(constraint, place, raw(kind)));
        }
    }

    private void texts(String constraint, Place place, Stream<String> texts) {
        texts.forEach(text -> add(constraint, place, TextNode.valueOf(text)));
    }

    private static JsonNode raw(String literal) {
        return NODES.rawValueNode(new RawValue(literal));
    }

    private void add(String constraint, Place place, JsonNode value) {
        var document = example.deepCopy();
        place.put(document, value);
        documents.add(new Document(constraint, text(document)));
    }

    private static String text(JsonNode document) {
        try {
            return JSON.writeValueAsString(document);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
