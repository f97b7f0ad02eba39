package io.orderflow.e2e.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.ValidationMessage;
import io.orderflow.e2e.openapi.OpenApi.Operation;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The requests to one operation, each with one place on or around a constraint, and the constraints that it has. */
final class Probes {

    private static final String KEY = "Idempotency-Key";
    private static final Set<String> CONSTRAINTS = Set.of(
            "type",
            "enum",
            "minimum",
            "maximum",
            "minLength",
            "maxLength",
            "pattern",
            "minItems",
            "maxItems",
            "uniqueItems",
            "minProperties",
            "maxProperties",
            "propertyNames",
            "required");

    private final OpenApi api;
    private final Texts texts;
    private final Operation operation;
    private final Map<String, String> parameters = new TreeMap<>();
    private final JsonNode body;
    private final List<Probe> probes = new ArrayList<>();

    /**
     * Begins with the operation's first good example in which nobody waits, or with those of its parameters where its
     * answer is no JSON.
     */
    Probes(OpenApi api, Texts texts, Operation operation) {
        this.api = api;
        this.texts = texts;
        this.operation = operation;
        var example = OpenApiExamples.of(api).stream()
                .filter(one -> one.operation().equals(operation) && one.status() < 400)
                .filter(one -> !one.parameters().containsKey("Prefer"))
                .findFirst();
        example.ifPresent(one -> parameters.putAll(one.parameters()));
        body = example.map(OpenApiExamples.Example::body).orElse(MissingNode.getInstance());
        for (var one : operation.definition().path("parameters")) {
            var name = one.path("name").asText();
            if (!one.path("required").asBoolean()) {
                continue;
            }
            if (one.at("/schema/enum").isArray()) {
                parameters.put(name, one.at("/schema/enum/0").asText());
            } else if (!one.path("examples").isEmpty() && !parameters.containsKey(name)) {
                var first = one.path("examples").iterator().next();
                parameters.put(name, first.path("value").asText());
            }
        }
    }

    List<Probe> all() {
        add(parameters, body, "nothing", Set.of());
        for (var parameter : operation.definition().path("parameters")) {
            addParameter(parameter);
        }
        var schema = bodySchema();
        if (!schema.isMissingNode()) {
            for (var change : new Sides(api, texts).of(schema, body)) {
                add(parameters, change.value(), change.where(), api.violations(schema, change.value()));
            }
            add(parameters, MissingNode.getInstance(), "", missing());
        }
        return probes;
    }

    private JsonNode bodySchema() {
        return operation.definition().at("/requestBody/content/application~1json/schema");
    }

    /** Under a key of its own, unless it is the key that differs. */
    private void add(Map<String, String> given, JsonNode sent, String where, Set<ValidationMessage> violations) {
        var mine = new TreeMap<>(given);
        if (mine.containsKey(KEY) && !where.equals(KEY)) {
            mine.put(KEY, texts.name() + "-" + operation.id() + "-" + probes.size());
        }
        probes.add(new Probe(operation, mine, sent, where, violations));
    }

    private void addParameter(JsonNode parameter) {
        var name = parameter.path("name").asText();
        var schema = parameter.path("schema");
        for (var text : texts(parameter)) {
            var mine = new TreeMap<>(parameters);
            mine.put(name, text);
            add(mine, body, name, api.violations(schema, value(schema, text)));
        }
        if (parameter.path("required").asBoolean()
                && !parameter.path("in").asText().equals("path")) {
            var others = new TreeMap<>(parameters);
            others.remove(name);
            add(others, body, name, missing());
        }
    }

    /**
     * Those that can be sent there: no path ends with nothing, and a header's value is ASCII in one line, of which HTTP
     * takes the spaces around it away.
     */
    private List<String> texts(JsonNode parameter) {
        var schema = parameter.path("schema");
        var given = parameters.getOrDefault(parameter.path("name").asText(), "abc");
        var all = new ArrayList<String>();
        if (schema.path("type").asText().equals("integer")) {
            new Sides(api, texts)
                    .of(schema, TextNode.valueOf(given)).stream()
                            .map(Sides.Change::value)
                            .filter(one -> !one.isBigDecimal())
                            .forEach(one -> all.add(one.asText()));
        } else {
            all.addAll(texts.of(schema, given));
        }
        all.removeIf(text -> switch (parameter.path("in").asText()) {
            case "path" -> text.isEmpty();
            case "header" -> !text.equals(text.strip()) || !text.matches("[\t -~]*");
            default -> false;
        });
        return all;
    }

    /** What a text says there: a number is written in digits. */
    private static JsonNode value(JsonNode schema, String text) {
        return schema.path("type").asText().equals("integer") && text.matches("-?[0-9]+")
                ? BigIntegerNode.valueOf(new BigInteger(text))
                : TextNode.valueOf(text);
    }

    private Set<ValidationMessage> missing() {
        var schema = JsonNodeFactory.instance.objectNode();
        schema.putArray("required").add("it");
        return api.violations(schema, JsonNodeFactory.instance.objectNode());
    }

    /** Each as its operation, its place and its keyword. */
    Set<String> constraints() {
        Set<String> constraints = new TreeSet<>();
        for (var parameter : operation.definition().path("parameters")) {
            var name = parameter.path("name").asText();
            constraints(parameter.path("schema"), name, constraints);
            // Whatever is sent there is text, and no path ends with nothing.
            if (!parameter.at("/schema/type").asText().equals("integer")) {
                constraints.remove(operation.id() + " " + name + " type");
            }
            if (parameter.path("in").asText().equals("path")) {
                constraints.remove(operation.id() + " " + name + " minLength");
            }
        }
        constraints(bodySchema(), "", constraints);
        return constraints;
    }

    private void constraints(JsonNode given, String where, Set<String> constraints) {
        var schema = api.resolved(given);
        for (var one : schema.properties()) {
            if (CONSTRAINTS.contains(one.getKey())
                    || one.getValue().isBoolean() && !one.getValue().asBoolean()) {
                constraints.add(operation.id() + " " + where + " " + one.getKey());
            }
        }
        if (schema.has("format") && schema.path("type").asText().equals("string")) {
            constraints.add(operation.id() + " " + where + " format");
        }
        schema.path("properties")
                .properties()
                .forEach(one -> constraints(one.getValue(), where + "/" + one.getKey(), constraints));
        if (schema.has("items")) {
            constraints(schema.path("items"), where + "/0", constraints);
        }
        if (schema.path("additionalProperties").isObject()) {
            var name = body.at(where).fieldNames().next();
            constraints(schema.path("additionalProperties"), where + "/" + name, constraints);
        }
    }
}
