package io.orderflow.e2e.openapi.generator;

import static io.orderflow.http.CallerRole.ANYONE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Operations as the document has them: what Camel knows of one, and what its part says. */
final class Operations {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Parts parts;
    private final Problems problems;
    private final Responses responses;

    Operations(Parts parts, Problems problems) {
        this.parts = parts;
        this.problems = problems;
        this.responses = new Responses(parts, problems);
    }

    /**
     * @param generated what Camel knows of it
     * @param part what is said of it
     */
    ObjectNode of(String route, JsonNode generated, JsonNode part) {
        var operation = JSON.objectNode();
        operation.set("tags", part.path("tags"));
        operation.put("operationId", route);
        operation.set("summary", part.path("summary"));
        var roles = roles(generated);
        operation.put("description", part.path("description").asText().strip() + "\n\n" + mayCall(roles));
        var scenarios = Scenarios.of(part);
        var good = new LinkedHashMap<>(scenarios);
        good.values().removeIf(Scenarios::isRefused);
        var parameters = parameters(route, generated, part, good);
        if (!parameters.isEmpty()) {
            operation.set("parameters", JSON.arrayNode().addAll(parameters));
        }
        if (part.has("body")) {
            var content = JSON.objectNode();
            content.set(
                    "schema", OpenApiSchemas.reference(part.at("/body/schema").asText()));
            content.set("examples", Scenarios.examples(good, one -> one.path("body")));
            operation
                    .putObject("requestBody")
                    .put("required", true)
                    .putObject("content")
                    .set("application/json", content);
        }
        boolean isParametrised =
                parameters.stream().anyMatch(one -> one.path("in").asText().equals("path"));
        var given = problems.given(part, roles.isEmpty(), isParametrised);
        operation.set("responses", responses.of(route, part, scenarios, given));
        var security = operation.putArray("security");
        roles.forEach(role -> security.addObject().putArray("token").add(role));
        return operation;
    }

    /** What readers that do not show roles would leave out. */
    private static String mayCall(List<String> roles) {
        return roles.isEmpty()
                ? "Everybody may call it, without a token."
                : "Role: " + roles.stream().map(role -> "`" + role + "`").collect(Collectors.joining(" or ")) + ".";
    }

    private static List<String> roles(JsonNode generated) {
        return StreamSupport.stream(generated.path("security").spliterator(), false)
                .map(one -> one.fieldNames().next())
                .filter(role -> !role.equals(ANYONE))
                .toList();
    }

    private List<JsonNode> parameters(
            String route, JsonNode generated, JsonNode part, Map<String, JsonNode> scenarios) {
        List<JsonNode> parameters = new ArrayList<>();
        for (var one : part.path("parameters")) {
            var parameter = (one.isTextual() ? parts.parameter(one.asText()) : one).<ObjectNode>deepCopy();
            var name = parameter.path("name").asText();
            var examples = Scenarios.examples(
                    scenarios, scenario -> scenario.path("parameters").path(name));
            if (!examples.isEmpty()) {
                parameter.set("examples", examples);
            }
            parameters.add(parameter);
        }
        var here = parameters.stream()
                .filter(one -> !one.path("in").asText().equals("header"))
                .map(one -> one.path("name").asText())
                .collect(Collectors.toCollection(TreeSet::new));
        var there = StreamSupport.stream(generated.path("parameters").spliterator(), false)
                .map(one -> one.path("name").asText())
                .collect(Collectors.toCollection(TreeSet::new));
        if (!here.equals(there)) {
            parts.mistake(route + ": parameters of path and query " + here + " (expected: " + there + ")");
        }
        return parameters;
    }
}
