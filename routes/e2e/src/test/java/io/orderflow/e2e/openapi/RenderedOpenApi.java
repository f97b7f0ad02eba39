package io.orderflow.e2e.openapi;

import static io.orderflow.http.CallerRole.ANYONE;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderflow.http.Problem;
import io.orderflow.http.ProblemType;
import io.swagger.v3.core.util.Json31;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.openapi.BeanConfig;
import org.apache.camel.openapi.RestOpenApiReader;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * The OpenAPI document as the routes give it. Camel reads paths, methods, path parameters and roles out of the REST definitions; that is all it can tell, for an answer's media type,
 * its headers and its examples have no place there. What is missing comes from the parts that each module keeps beside its Api, and a part that says too little or too much is an
 * error.
 */
final class RenderedOpenApi {

    static final String PARTS = "classpath*:openapi/*.yaml";

    private static final ObjectMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final CamelContext camel;
    private final List<OpenApiPart> parts;
    private final JsonNode common;
    private final Map<String, JsonNode> described = new HashMap<>();
    private final List<String> mistakes = new ArrayList<>();

    private RenderedOpenApi(CamelContext camel, List<OpenApiPart> parts) {
        this.camel = camel;
        this.parts = parts;
        this.common = parts.stream()
                .map(OpenApiPart::content)
                .filter(part -> part.has("info"))
                .findFirst()
                .orElseThrow();
        for (var part : parts) {
            part.content().path("operations").properties().forEach(one -> described.put(one.getKey(), one.getValue()));
        }
    }

    /** The document of a running app, as it is committed. */
    static String of(CamelContext camel) {
        try {
            var parts = Arrays.stream(new PathMatchingResourcePatternResolver().getResources(PARTS))
                    .sorted(Comparator.comparing(one -> one.getFilename()))
                    .map(OpenApiPart::of)
                    .toList();
            return MAPPER.writeValueAsString(new RenderedOpenApi(camel, parts).document()) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ObjectNode document() {
        var document = JSON.objectNode().put("openapi", "3.1.1");
        document.set("info", common.path("info"));
        document.set("servers", common.path("servers"));
        document.set("tags", tags());
        document.set("paths", paths());
        document.set("components", components());
        if (!mistakes.isEmpty()) {
            throw new IllegalStateException("openapi/*.yaml: " + String.join("\n", mistakes));
        }
        return document;
    }

    private ArrayNode tags() {
        Map<String, JsonNode> tags = new HashMap<>();
        parts.stream()
                .filter(part -> part.content() != common)
                .forEach(part -> part.content().path("tags").forEach(tag -> tags.put(tag.path("name").asText(), tag)));
        var inOrder = JSON.arrayNode();
        for (var name : common.path("tags")) {
            var tag = tags.remove(name.asText());
            if (tag == null) {
                mistakes.add("tag " + name + ": not described (expected: in one of the parts)");
            } else {
                inOrder.add(tag);
            }
        }
        tags.keySet().forEach(name -> mistakes.add("tag " + name + ": has no place (expected: in http.yaml)"));
        return inOrder;
    }

    private ObjectNode paths() {
        var paths = JSON.objectNode();
        var unknown = new TreeSet<>(described.keySet());
        var routes = routes();
        for (var path : new TreeMap<>(generated()).entrySet()) {
            var operations = paths.putObject(path.getKey());
            if (path.getKey().startsWith(common.at("/operators/paths").asText() + "/")) {
                operations.set("servers", common.at("/operators/servers"));
            }
            for (var method : path.getValue().properties()) {
                var route = routes.get(method.getKey() + " " + path.getKey());
                if (unknown.remove(route)) {
                    operations.set(method.getKey(), operation(route, method.getValue(), described.get(route)));
                } else {
                    mistakes.add(route + ": not described (expected: under operations)");
                }
            }
        }
        unknown.forEach(route -> mistakes.add(route + ": no such operation (expected: one of " + routes.values() + ")"));
        return paths;
    }

    /** Operations by method, by path, as Camel reads them from the REST definitions. */
    private Map<String, JsonNode> generated() {
        try {
            var config = new BeanConfig();
            config.setVersion("3.1.0");
            var read = new RestOpenApiReader()
                    .read(camel, model().getRestDefinitions(), config, camel.getName(), camel.getClassResolver());
            var paths = Json31.mapper().<JsonNode>valueToTree(read).path("paths");
            return paths.properties().stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The id of the route behind each method and path: it names the operation, as it names the span and the metric. */
    private Map<String, String> routes() {
        Map<String, String> routes = new HashMap<>();
        for (var rest : model().getRestDefinitions()) {
            for (var verb : rest.getVerbs()) {
                var path = rest.getPath() + (verb.getPath() == null ? "" : verb.getPath());
                routes.put(
                        verb.asVerb() + " " + path,
                        verb.getTo().getUri().substring(verb.getTo().getUri().indexOf(':') + 1));
            }
        }
        return routes;
    }

    private Model model() {
        return camel.getCamelContextExtension().getContextPlugin(Model.class);
    }

    private ObjectNode operation(String route, JsonNode generated, JsonNode part) {
        var operation = JSON.objectNode();
        operation.set("tags", part.path("tags"));
        operation.put("operationId", route);
        operation.set("summary", part.path("summary"));
        var roles = roles(generated);
        operation.put("description", part.path("description").asText().strip() + "\n\n" + mayCall(roles));
        var scenarios = scenarios(part);
        var good = new LinkedHashMap<>(scenarios);
        good.values().removeIf(RenderedOpenApi::isRefused);
        var parameters = parameters(route, generated, part, good);
        if (!parameters.isEmpty()) {
            operation.set("parameters", JSON.arrayNode().addAll(parameters));
        }
        if (part.has("body")) {
            var content = JSON.objectNode();
            content.set("schema", OpenApiSchemas.reference(part.at("/body/schema").asText()));
            content.set("examples", examples(good, one -> one.path("body")));
            operation
                    .putObject("requestBody")
                    .put("required", true)
                    .putObject("content")
                    .set("application/json", content);
        }
        operation.set("responses", responses(route, part, scenarios, roles.isEmpty()));
        var security = operation.putArray("security");
        roles.forEach(role -> security.addObject().putArray("token").add(role));
        return operation;
    }

    /** Examples of requests are good ones; what is sent to get a problem stands beside the problem. */
    private static boolean isRefused(JsonNode scenario) {
        return scenario.at("/answer/problem").isTextual();
    }

    private static Map<String, JsonNode> scenarios(JsonNode part) {
        Map<String, JsonNode> scenarios = new LinkedHashMap<>();
        part.path("examples").properties().forEach(one -> scenarios.put(one.getKey(), one.getValue()));
        return scenarios;
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
            var parameter = (one.isTextual() ? parameter(one.asText()) : one).<ObjectNode>deepCopy();
            var name = parameter.path("name").asText();
            var examples = examples(scenarios, scenario -> scenario.path("parameters").path(name));
            if (!examples.isEmpty()) {
                parameter.set("examples", examples);
            }
            parameters.add(parameter);
        }
        var here = parameters.stream()
                .filter(one -> one.path("in").asText().equals("path"))
                .map(one -> one.path("name").asText())
                .collect(Collectors.toCollection(TreeSet::new));
        var there = StreamSupport.stream(generated.path("parameters").spliterator(), false)
                .map(one -> one.path("name").asText())
                .collect(Collectors.toCollection(TreeSet::new));
        if (!here.equals(there)) {
            mistakes.add(route + ": path parameters " + here + " (expected: " + there + ")");
        }
        return parameters;
    }

    private JsonNode parameter(String name) {
        return parts.stream()
                .map(part -> part.content().path("parameters").path(name))
                .filter(JsonNode::isObject)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + ": unknown (expected: under parameters)"));
    }

    private interface Value {
        JsonNode of(JsonNode scenario);
    }

    private static ObjectNode examples(Map<String, JsonNode> scenarios, Value value) {
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

    private ObjectNode responses(
            String route, JsonNode part, Map<String, JsonNode> scenarios, boolean isForEverybody) {
        var responses = new TreeMap<String, JsonNode>();
        for (var one : part.path("answers").properties()) {
            responses.put(one.getKey(), answer(route, one.getKey(), one.getValue(), scenarios));
        }
        var given = problems(part, isForEverybody);
        for (var status : given.stream().map(ProblemType::status).collect(Collectors.toSet())) {
            var types = given.stream().filter(type -> type.status() == status).toList();
            var mine = new LinkedHashMap<>(scenarios);
            mine.values().removeIf(one -> types.stream()
                    .noneMatch(type -> type.name().equals(one.at("/answer/problem").asText())));
            responses.put(
                    String.valueOf(status),
                    types.size() == 1 && mine.isEmpty()
                            ? JSON.objectNode().put("$ref", "#/components/responses/" + name(types.getFirst()))
                            : problem(types, mine));
        }
        for (var one : scenarios.entrySet()) {
            var status = status(one.getValue());
            if (!responses.containsKey(status)) {
                mistakes.add(route + ": example " + one.getKey() + " is answered " + status + " (expected: one of "
                        + responses.keySet() + ")");
            }
        }
        return JSON.objectNode().setAll(responses);
    }

    private ObjectNode answer(String route, String status, JsonNode described, Map<String, JsonNode> scenarios) {
        var answer = JSON.objectNode();
        answer.set("description", described.path("description"));
        if (described.has("headers")) {
            answer.set("headers", headers(described.path("headers"), true));
        }
        if (described.has("media_type") || described.has("media_types")) {
            var content = answer.putObject("content");
            described.findValuesAsText("media_type").forEach(content::putObject);
            described.path("media_types").forEach(one -> content.putObject(one.asText()));
            return answer;
        }
        var mine = new LinkedHashMap<>(scenarios);
        mine.values().removeIf(one -> !status(one).equals(status));
        if (mine.isEmpty()) {
            mistakes.add(route + ": answer " + status + " has no example (expected: one)");
        }
        var content = JSON.objectNode();
        content.set("schema", OpenApiSchemas.reference(described.path("schema").asText()));
        content.set("examples", examples(mine, one -> one.at("/answer/body")));
        answer.putObject("content").set("application/json", content);
        return answer;
    }

    private static String status(JsonNode scenario) {
        return isRefused(scenario)
                ? String.valueOf(ProblemType.valueOf(scenario.at("/answer/problem").asText())
                        .status())
                : scenario.at("/answer/status").asText();
    }

    private List<ProblemType> problems(JsonNode part, boolean isForEverybody) {
        var named = new TreeSet<String>();
        part.path("problems").forEach(one -> named.add(one.asText()));
        return Arrays.stream(ProblemType.values())
                .filter(type -> switch (given(type)) {
                    case "everywhere" -> true;
                    case "to the known" -> !isForEverybody;
                    default -> named.contains(type.name());
                })
                .toList();
    }

    private String given(ProblemType type) {
        var part = common.path("problems").path(type.name());
        if (part.isMissingNode()) {
            mistakes.add(type + ": not described (expected: under problems)");
        }
        return part.path("given").asText();
    }

    private ObjectNode components() {
        var components = JSON.objectNode();
        components.set("schemas", new OpenApiSchemas(parts).all());
        var types = ((ObjectNode) components.at("/schemas/Problem/properties/type")).putArray("enum");
        var responses = components.putObject("responses");
        for (var type : ProblemType.values()) {
            types.add(type.uri());
            var part = common.path("problems").path(type.name());
            var scenarios = scenarios(part);
            scenarios.replaceAll((name, one) -> {
                var copy = one.<ObjectNode>deepCopy();
                ((ObjectNode) copy.path("answer")).put("problem", type.name());
                return copy;
            });
            responses.set(name(type), problem(List.of(type), scenarios));
        }
        var headers = components.putObject("headers");
        common.path("headers").properties().forEach(one -> headers.set(one.getKey(), one.getValue()));
        components.set("securitySchemes", common.path("securitySchemes"));
        return components;
    }

    /** For example {@code NotFound}. */
    private static String name(ProblemType type) {
        return Arrays.stream(type.name().split("_"))
                .map(word -> word.charAt(0) + word.substring(1).toLowerCase())
                .collect(Collectors.joining());
    }

    private ObjectNode problem(List<ProblemType> types, Map<String, JsonNode> scenarios) {
        var answer = JSON.objectNode();
        var headers = JSON.objectNode();
        var descriptions = new ArrayList<String>();
        var uris = JSON.arrayNode();
        for (var type : types) {
            var part = common.path("problems").path(type.name());
            descriptions.add("`" + type.uri() + "`: " + part.path("description").asText());
            headers.setAll(headers(part.path("headers"), false));
            uris.add(type.uri());
        }
        answer.put("description", String.join("\n\n", descriptions));
        if (!headers.isEmpty()) {
            answer.set("headers", headers);
        }
        var content = JSON.objectNode();
        var schema = content.putObject("schema");
        schema.putArray("allOf").add(OpenApiSchemas.reference("Problem"));
        schema.putObject("properties").putObject("type").set("enum", uris);
        ((ObjectNode) schema.path("properties"))
                .putObject("status")
                .put("const", types.getFirst().status());
        var examples = examples(scenarios, scenario -> problem(scenario.path("answer")));
        examples.properties().forEach(one -> ((ObjectNode) one.getValue()).set("x-request", request(scenarios.get(one.getKey()))));
        if (!examples.isEmpty()) {
            content.set("examples", examples);
        }
        answer.putObject("content").set(Problem.MEDIA_TYPE, content);
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

    /** @param always whether an answer has them all, even those that others have only at times */
    private ObjectNode headers(JsonNode names, boolean always) {
        var headers = JSON.objectNode();
        for (var name : names) {
            if (!common.path("headers").has(name.asText())) {
                mistakes.add(name.asText() + ": unknown (expected: under headers)");
            } else if (always) {
                var header = common.path("headers").path(name.asText()).<ObjectNode>deepCopy();
                headers.set(name.asText(), header.put("required", true));
            } else {
                headers.putObject(name.asText()).put("$ref", "#/components/headers/" + name.asText());
            }
        }
        return headers;
    }
}
