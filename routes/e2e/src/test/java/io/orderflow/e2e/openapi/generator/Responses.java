package io.orderflow.e2e.openapi.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderflow.http.ProblemType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Answers as the document has them: the good ones that a part describes, and the problems that are given with it. */
final class Responses {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Parts parts;
    private final Problems problems;

    Responses(Parts parts, Problems problems) {
        this.parts = parts;
        this.problems = problems;
    }

    /** By their status. */
    ObjectNode of(String route, JsonNode part, Map<String, JsonNode> scenarios, List<ProblemType> given) {
        var responses = new TreeMap<String, JsonNode>();
        for (var one : part.path("answers").properties()) {
            responses.put(one.getKey(), answer(route, one.getKey(), one.getValue(), scenarios));
        }
        for (var status : given.stream().map(ProblemType::status).collect(Collectors.toSet())) {
            var types = given.stream().filter(type -> type.status() == status).toList();
            var mine = new LinkedHashMap<>(scenarios);
            mine.values().removeIf(one -> types.stream().noneMatch(type -> type.name()
                    .equals(one.at("/answer/problem").asText())));
            responses.put(
                    String.valueOf(status),
                    types.size() == 1 && mine.isEmpty()
                            ? JSON.objectNode().put("$ref", "#/components/responses/" + Problems.name(types.getFirst()))
                            : problems.of(types, mine));
        }
        for (var one : scenarios.entrySet()) {
            var status = Scenarios.status(one.getValue());
            if (!responses.containsKey(status)) {
                parts.mistake(route + ": example " + one.getKey() + " is answered " + status + " (expected: one of "
                        + responses.keySet() + ")");
            }
        }
        return JSON.objectNode().setAll(responses);
    }

    private ObjectNode answer(String route, String status, JsonNode described, Map<String, JsonNode> scenarios) {
        var answer = JSON.objectNode();
        answer.set("description", described.path("description"));
        answer.set("headers", problems.headers(described.path("headers")));
        var mine = new LinkedHashMap<>(scenarios);
        mine.values().removeIf(one -> !Scenarios.status(one).equals(status));
        if (described.has("media_types")) {
            answer.set("content", files(described, mine));
            return answer;
        }
        if (mine.isEmpty()) {
            parts.mistake(route + ": answer " + status + " has no example (expected: one)");
        }
        if (!described.has("schema")) {
            return answer;
        }
        var content = JSON.objectNode();
        content.set("schema", OpenApiSchemas.reference(described.path("schema").asText()));
        content.set("examples", Scenarios.examples(mine, one -> one.at("/answer/body")));
        answer.putObject("content").set("application/json", content);
        return answer;
    }

    /** What is no JSON of ours: text, whose examples are its beginning, bytes, or JSON that others describe. */
    private static ObjectNode files(JsonNode described, Map<String, JsonNode> scenarios) {
        var content = JSON.objectNode();
        for (var mediaType : described.path("media_types")) {
            var file = content.putObject(mediaType.asText());
            if (mediaType.asText().equals("application/json")) {
                file.set(
                        "schema",
                        OpenApiSchemas.reference(described.path("schema").asText()));
                continue;
            }
            var schema = file.putObject("schema").put("type", "string");
            if (!mediaType.asText().startsWith("text/")) {
                schema.put("format", "binary");
            } else if (!scenarios.isEmpty()) {
                file.set("examples", Scenarios.examples(scenarios, one -> one.at("/answer/body")));
            }
        }
        return content;
    }
}
