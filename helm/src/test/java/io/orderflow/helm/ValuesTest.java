package io.orderflow.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The schema of the values describes each of them, and refuses everything else. */
class ValuesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Others' charts read them. */
    private static final Set<String> OPEN = Set.of("strimzi", "global");

    private static JsonNode schema() throws IOException {
        return JSON.readTree(Chart.ROOT.resolve(Values.SCHEMA).toFile());
    }

    private static JsonSchema validator() throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(schema());
    }

    @ParameterizedTest
    @EnumSource
    void everyFileOfValuesFollowsIt(ValuesFile file) throws IOException {
        assertThat(mistakes(file.in(Chart.ROOT))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "values-small.yaml,      'partitions: 3',      'partitons: 3',        /kafka,  partitons",
        "values-small.yaml,      'mode: bundled',      'mode: bundeled',      /postgresql/mode, enumeration",
        "values-production.yaml, 'brokers: 3',         'brokers: \"3\"',      /kafka/brokers, integer",
        "values-production.yaml, 'limits: {memory: 1Gi}', 'limit: {memory: 1Gi}', /roles/orders/resources, limit",
    })
    void aSlipInAFileIsFoundWithItsPath(String file, String right, String wrong, String path, String named)
            throws IOException {
        var chart = Chart.copy().with(file, right, wrong);
        assertThat(mistakes(chart.folder().resolve(file)))
                .anySatisfy(mistake -> assertThat(mistake).contains(file, path, named));
    }

    private static List<String> mistakes(Path file) throws IOException {
        var values = new YAMLMapper().readTree(file.toFile());
        return validator().validate(values).stream()
                .map((ValidationMessage mistake) -> file.getFileName() + ": "
                        + mistake.getInstanceLocation()
                                .toString()
                                .replace("$", "")
                                .replace('.', '/') + ": "
                        + mistake.getMessage())
                .toList();
    }

    @Test
    void everyValueIsDescribedAndHasADefault() throws IOException {
        assertThat(new Values(Chart.ROOT).leaves()).hasSizeGreaterThan(100).allSatisfy(leaf -> {
            assertThat(leaf.description()).as(leaf.path()).matches(".{5,}\\.");
            assertThat(leaf.schema().has("default")).as(leaf.path()).isTrue();
        });
        undescribed("", schema(), path -> assertThat(path).as("no description").isEmpty());
    }

    private static void undescribed(String path, JsonNode group, Consumer<String> consumer) {
        group.path("properties").properties().forEach(member -> {
            if (!member.getValue().path("description").asText().endsWith(".")) {
                consumer.accept(path + "/" + member.getKey());
            }
            undescribed(path + "/" + member.getKey(), member.getValue(), consumer);
        });
    }

    /** One wrong value for each rule of the schema, each refused by Helm with its path. */
    @Test
    void everyRuleRefusesWhatBreaksIt() throws IOException {
        List<Breach> breaches = new ArrayList<>();
        breaches(List.of(), schema(), breaches);
        var chart = Chart.copy().withoutDefaults();
        var file = Files.createTempFile(Path.of("target"), "breach", ".json");
        List<String> taken = new ArrayList<>();
        for (var breach : breaches) {
            Files.writeString(file, breach.document().toString());
            var refusal = catchThrowable(() -> chart.renderFiles(file));
            if (refusal == null || !breach.isNamedBy(refusal.getMessage())) {
                taken.add(breach + ": " + (refusal == null ? "taken" : refusal.getMessage()));
            }
        }
        Files.delete(file);
        System.out.println(breaches.size() + " breaches of the values' schema refused");

        assertThat(taken).isEmpty();
        assertThat(breaches).hasSizeGreaterThan(300);
    }

    /** A value that breaks one rule, and the place that the refusal must name. */
    private record Breach(String rule, List<String> path, JsonNode value, String place) {

        /** By the schema, or by Helm itself, which must read a dependency's values before. */
        boolean isNamedBy(String message) {
            return message.contains("'" + place + "'")
                    || message.contains("type mismatch on " + String.join(".", path) + ":");
        }

        JsonNode document() {
            JsonNode document = value;
            for (int i = path.size() - 1; i >= 0; i--) {
                document = NODES.objectNode().set(path.get(i), document);
            }
            return document;
        }

        @Override
        public String toString() {
            return rule + " of /" + String.join("/", path) + " broken by " + value;
        }
    }

    private static void breaches(List<String> path, JsonNode schema, List<Breach> breaches) {
        rules(path, "", schema, breaches);
        for (var member : schema.path("properties").properties()) {
            var longer = new ArrayList<>(path);
            longer.add(member.getKey());
            breaches(longer, member.getValue(), breaches);
        }
    }

    /** The rules for the value at a path; {@code below} where it is in a list. */
    private static void rules(List<String> path, String below, JsonNode schema, List<Breach> breaches) {
        var place = "/" + String.join("/", path) + below;
        if (!path.isEmpty() && schema.path("type").isTextual()) {
            add(breaches, "type", path, below, wrongType(schema.path("type").asText()), place);
        }
        if (schema.has("enum")) {
            add(breaches, "enum", path, below, NODES.textNode("nonsense"), place);
        }
        if (schema.has("pattern")) {
            add(breaches, "pattern", path, below, NODES.textNode(" !"), place);
        }
        if (schema.has("minimum")) {
            add(
                    breaches,
                    "minimum",
                    path,
                    below,
                    NODES.numberNode(schema.path("minimum").asInt() - 1),
                    place);
        }
        if (schema.has("maximum")) {
            add(
                    breaches,
                    "maximum",
                    path,
                    below,
                    NODES.numberNode(schema.path("maximum").asInt() + 1),
                    place);
        }
        if (schema.path("minLength").asInt() > 0) {
            add(breaches, "minLength", path, below, NODES.textNode(""), place);
        }
        if (schema.has("maxLength")) {
            add(
                    breaches,
                    "maxLength",
                    path,
                    below,
                    NODES.textNode("a".repeat(schema.path("maxLength").asInt() + 1)),
                    place);
        }
        rulesOfLists(path, below, schema, breaches, place);
        if (schema.path("required").isArray()) {
            add(breaches, "required", path, below, NODES.objectNode(), place);
        }
        others(path, below, schema.path("additionalProperties"), breaches, place);
    }

    private static void rulesOfLists(
            List<String> path, String below, JsonNode schema, List<Breach> breaches, String place) {
        if (schema.has("minItems")) {
            add(breaches, "minItems", path, below, NODES.arrayNode(), place);
        }
        if (schema.has("maxItems")) {
            var many = NODES.arrayNode();
            for (int i = 0; i <= schema.path("maxItems").asInt(); i++) {
                many.add(i);
            }
            add(breaches, "maxItems", path, below, many, place);
        }
        if (schema.has("uniqueItems")) {
            add(breaches, "uniqueItems", path, below, NODES.arrayNode().add(1).add(1), place);
        }
        if (schema.has("items")) {
            rules(path, below + "/0", schema.path("items"), breaches);
        }
    }

    private static void others(
            List<String> path, String below, JsonNode additional, List<Breach> breaches, String place) {
        if (additional.isBoolean() && !additional.asBoolean()) {
            add(
                    breaches,
                    "additionalProperties",
                    path,
                    below,
                    NODES.objectNode().put("unknown", 1),
                    path.isEmpty() ? "" : place);
        } else if (additional.isObject()) {
            add(
                    breaches,
                    "type of any",
                    path,
                    below,
                    NODES.objectNode()
                            .set("any", wrongType(additional.path("type").toString())),
                    place + "/any");
        }
    }

    private static void add(
            List<Breach> breaches, String rule, List<String> path, String below, JsonNode value, String place) {
        breaches.add(new Breach(
                rule, path, below.isEmpty() ? value : NODES.arrayNode().add(value), place));
    }

    private static JsonNode wrongType(String type) {
        return type.contains("string") || type.contains("integer")
                ? NODES.arrayNode().add(true)
                : NODES.textNode("text");
    }

    /** Where anything goes, it is on purpose. */
    @Test
    void onlyOthersValuesAndSettingsAreOpen() throws IOException {
        List<String> open = new ArrayList<>();
        open("", schema(), open);
        assertThat(open)
                .allMatch(path ->
                        OPEN.contains(path.split("/")[1]) || path.endsWith("/settings") || path.endsWith("/affinity"));
    }

    private static void open(String path, JsonNode schema, List<String> open) {
        boolean isObject = schema.path("type").asText().equals("object");
        if (isObject
                && !(schema.path("additionalProperties") instanceof ObjectNode)
                && schema.path("additionalProperties").asBoolean(true)) {
            open.add(path);
        }
        schema.path("properties")
                .properties()
                .forEach(member -> open(path + "/" + member.getKey(), member.getValue(), open));
    }
}
