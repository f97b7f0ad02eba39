package io.orderflow.e2e.openapi.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderflow.http.Problem;
import io.orderflow.http.ProblemType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Problems as the document has them: which are given with an operation, each with what its type fixes. */
final class Problems {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Parts parts;

    Problems(Parts parts) {
        this.parts = parts;
    }

    /**
     * With an operation.
     *
     * @param isParametrised whether its path has parameters
     */
    List<ProblemType> given(JsonNode part, boolean isForEverybody, boolean isParametrised) {
        var named = new TreeSet<String>();
        part.path("problems").forEach(one -> named.add(one.asText()));
        return Arrays.stream(ProblemType.values())
                .filter(type -> switch (given(type)) {
                    case "everywhere" -> true;
                    case "to the known" -> !isForEverybody;
                    case "to parameters of the path" -> isParametrised || named.contains(type.name());
                    default -> named.contains(type.name());
                })
                .toList();
    }

    private String given(ProblemType type) {
        var part = parts.problem(type);
        if (part.isMissingNode()) {
            parts.mistake(type + ": not described (expected: under problems)");
        }
        return part.path("given").asText();
    }

    /** For example {@code NotFound}. */
    static String name(ProblemType type) {
        return Arrays.stream(type.name().split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase())
                .collect(Collectors.joining());
    }

    /**
     * One answer for problems of one status. Its schema is that of all problems, by its name, for a generator makes a
     * class of each schema without one; which types they are says {@code x-problem-types}.
     */
    ObjectNode of(List<ProblemType> types, Map<String, JsonNode> scenarios) {
        var answer = JSON.objectNode();
        var headers = JSON.objectNode();
        var descriptions = new ArrayList<String>();
        var uris = JSON.arrayNode();
        for (var type : types) {
            var part = parts.problem(type);
            descriptions.add("`" + type.uri() + "`: " + part.path("description").asText());
            headers.setAll(headers(part.path("headers")));
            uris.add(type.uri());
        }
        answer.put("description", String.join("\n\n", descriptions));
        answer.set("headers", headers);
        var content = JSON.objectNode();
        content.set("schema", OpenApiSchemas.reference("Problem"));
        var examples = Scenarios.examples(scenarios, scenario -> problem(scenario.path("answer")));
        for (var one : examples.properties()) {
            ((ObjectNode) one.getValue()).set("x-request", request(scenarios.get(one.getKey())));
        }
        if (!examples.isEmpty()) {
            content.set("examples", examples);
        }
        answer.putObject("content").set(Problem.MEDIA_TYPE, content);
        answer.set("x-problem-types", uris);
        return answer;
    }

    private static ObjectNode request(JsonNode scenario) {
        var request = JSON.objectNode();
        for (var name : List.of("parameters", "body")) {
            if (scenario.has(name)) {
                request.set(name, scenario.path(name));
            }
        }
        return request;
    }

    /** An example's answer with what its type fixes. */
    private static ObjectNode problem(JsonNode answer) {
        var type = ProblemType.valueOf(answer.path("problem").asText());
        var problem = JSON.objectNode()
                .put("type", type.uri())
                .put("title", type.title())
                .put("status", type.status());
        answer.properties().forEach(one -> problem.set(one.getKey(), one.getValue()));
        return problem.without("problem");
    }

    /** By their names: those that this answer has, and those that every answer has. */
    ObjectNode headers(JsonNode names) {
        var described = parts.common().path("headers");
        var headers = JSON.objectNode();
        for (var name : names) {
            if (described.has(name.asText())) {
                headers.set(name.asText(), header(name.asText()));
            } else {
                parts.mistake(name.asText() + ": unknown (expected: under headers)");
            }
        }
        for (var one : described.properties()) {
            if (one.getValue().path("given").asText().equals("everywhere")) {
                headers.set(one.getKey(), header(one.getKey()));
            }
        }
        return headers;
    }

    private static ObjectNode header(String name) {
        return JSON.objectNode().put("$ref", "#/components/headers/" + name);
    }
}
