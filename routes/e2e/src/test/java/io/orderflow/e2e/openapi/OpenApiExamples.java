package io.orderflow.e2e.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderflow.e2e.openapi.OpenApi.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The examples of the document: what is sent, and what comes back for it. */
final class OpenApiExamples {

    private static final ObjectMapper JSON = new ObjectMapper();

    private OpenApiExamples() {}

    /**
     * An example of an operation.
     *
     * @param parameters by their names, wherever they are sent
     * @param body missing where none is sent
     * @param answer as it is documented
     */
    record Example(
            Operation operation,
            String name,
            Map<String, String> parameters,
            JsonNode body,
            int status,
            JsonNode answer) {

        /** Where it is sent, with these texts in the place of others. */
        String path(Map<String, String> instead) {
            var path = operation.path();
            var query = new ArrayList<String>();
            for (var one : parameters.entrySet()) {
                var value = instead.getOrDefault(one.getValue(), one.getValue());
                if (path.contains("{" + one.getKey() + "}")) {
                    path = path.replace("{" + one.getKey() + "}", value);
                } else if (isSentIn("query", one.getKey())) {
                    query.add(one.getKey() + "=" + value);
                }
            }
            return query.isEmpty() ? path : path + "?" + String.join("&", query);
        }

        /** Those that are sent as headers. */
        Map<String, String> headers() {
            var headers = new TreeMap<>(parameters);
            headers.keySet().removeIf(one -> !isSentIn("header", one));
            return headers;
        }

        private boolean isSentIn(String place, String parameter) {
            return operation
                    .definition()
                    .path("parameters")
                    .valueStream()
                    .anyMatch(one -> one.path("name").asText().equals(parameter)
                            && one.path("in").asText().equals(place));
        }

        @Override
        public String toString() {
            return operation.id() + "/" + name;
        }
    }

    /** All of them, in the order of the document. */
    static List<Example> of(OpenApi api) {
        List<Example> examples = new ArrayList<>();
        for (var operation : api.operations()) {
            for (var answer : operation.definition().path("responses").properties()) {
                for (var content : answer.getValue().path("content")) {
                    content.path("examples")
                            .properties()
                            .forEach(one -> examples.add(example(
                                    operation, one.getKey(), Integer.parseInt(answer.getKey()), one.getValue())));
                }
            }
        }
        return examples;
    }

    /** The one of this name in the committed documents. */
    static Example named(String name) {
        return of(OpenApi.committed()).stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Example example(Operation operation, String name, int status, JsonNode example) {
        var parameters = new TreeMap<String, String>();
        JsonNode body;
        if (example.has("x-request")) {
            example.at("/x-request/parameters")
                    .properties()
                    .forEach(one -> parameters.put(one.getKey(), one.getValue().asText()));
            body = example.at("/x-request/body");
        } else {
            for (var parameter : operation.definition().path("parameters")) {
                var value = parameter.path("examples").path(name).path("value");
                if (!value.isMissingNode()) {
                    parameters.put(parameter.path("name").asText(), value.asText());
                }
            }
            body = operation
                    .definition()
                    .at("/requestBody/content/application~1json/examples")
                    .path(name)
                    .path("value");
        }
        return new Example(operation, name, parameters, body, status, example.path("value"));
    }

    /** Where an answer has another form than the documented one: other members, or values of another kind. */
    static List<String> differences(String where, JsonNode documented, JsonNode given) {
        List<String> differences = new ArrayList<>();
        if (documented.getNodeType() != given.getNodeType()) {
            differences.add(where + ": " + given.getNodeType() + " (expected: " + documented.getNodeType() + ")");
        } else if (documented instanceof ObjectNode object) {
            var names = new TreeMap<String, JsonNode>();
            given.properties().forEach(one -> names.put(one.getKey(), one.getValue()));
            for (var one : object.properties()) {
                var value = names.remove(one.getKey());
                differences.addAll(differences(
                        where + "/" + one.getKey(), one.getValue(), value == null ? JSON.missingNode() : value));
            }
            names.keySet().forEach(name -> differences.add(where + "/" + name + ": not in the example"));
        } else if (documented.isArray()) {
            for (int i = 0; i < documented.size(); i++) {
                differences.addAll(nearest(where + "/" + i, documented.get(i), given));
            }
        }
        return differences;
    }

    /** Nothing, if one of them has the form. */
    private static List<String> nearest(String where, JsonNode documented, JsonNode given) {
        List<String> last = List.of(where + ": none");
        for (var one : given) {
            last = differences(where, documented, one);
            if (last.isEmpty()) {
                return last;
            }
        }
        return last;
    }
}
