package io.orderflow.e2e.openapi.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderflow.http.ProblemType;
import java.util.LinkedHashMap;
import java.util.Map;

/** The examples of a part: calls with their answers, of which each place of the document shows its share. */
final class Scenarios {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Scenarios() {}

    /** What of a scenario is shown. */
    interface Value {
        JsonNode of(JsonNode scenario);
    }

    /** By their names. */
    static Map<String, JsonNode> of(JsonNode part) {
        Map<String, JsonNode> scenarios = new LinkedHashMap<>();
        part.path("examples").properties().forEach(one -> scenarios.put(one.getKey(), one.getValue()));
        return scenarios;
    }

    /** Examples of requests are good ones; what is sent to get a problem stands beside the problem. */
    static boolean isRefused(JsonNode scenario) {
        return scenario.at("/answer/problem").isTextual();
    }

    /** Of the answer. */
    static String status(JsonNode scenario) {
        return isRefused(scenario)
                ? String.valueOf(
                        ProblemType.valueOf(scenario.at("/answer/problem").asText())
                                .status())
                : scenario.at("/answer/status").asText();
    }

    /** As the document has them: those that have such a value. */
    static ObjectNode examples(Map<String, JsonNode> scenarios, Value value) {
        var examples = JSON.objectNode();
        scenarios.forEach((name, scenario) -> {
            if (!value.of(scenario).isMissingNode()) {
                var example = examples.putObject(name);
                example.set("summary", scenario.path("summary"));
                example.set("value", value.of(scenario));
            }
        });
        return examples;
    }
}
