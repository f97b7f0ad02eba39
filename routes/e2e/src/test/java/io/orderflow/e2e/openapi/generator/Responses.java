package io.orderflow.e2e.openapi.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderflow.http.ProblemType;
import java.util.LinkedHashMap;
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
    ObjectNode of(String route, JsonNode part, Map<String, JsonNode> scenarios, boolean isForEverybody) {
        var responses = new TreeMap<String, JsonNode>();
        for (var one : part.path("answers").properties()) {
            responses.put(one.getKey(), answer(route, one.getKey(), one.getValue(), scenarios));
        }
        var given = problems.given(part, isForEverybody);
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
        if (described.has("headers")) {
            answer.set("headers", problems.headers(described.path("headers"), true));
        }
        if (described.has("media_type") || described.has("media_types")) {
            var content = answer.putObject("content");
            described.findValuesAsText("media_type").forEach(content::putObject);
            described.path("media_types").forEach(one -> content.putObject(one.asText()));
            return answer;
        }
        var mine = new LinkedHashMap<>(scenarios);
        mine.values().removeIf(one -> !Scenarios.status(one).equals(status));
        if (mine.isEmpty()) {
            parts.mistake(route + ": answer " + status + " has no example (expected: one)");
        }
        var content = JSON.objectNode();
        content.set("schema", OpenApiSchemas.reference(described.path("schema").asText()));
        content.set("examples", Scenarios.examples(mine, one -> one.at("/answer/body")));
        answer.putObject("content").set("application/json", content);
        return answer;
    }
}
