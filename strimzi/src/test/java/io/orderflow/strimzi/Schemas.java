package io.orderflow.strimzi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.strimzi.api.kafka.model.kafka.Kafka;
import io.strimzi.api.kafka.model.nodepool.KafkaNodePool;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a cluster with Strimzi's resource definitions would say of a document. The definitions are made from the API's
 * classes by Strimzi's own generator, in a process of its own; beyond what a cluster checks, an unknown field is an
 * error, because a cluster would drop it without a word.
 */
public final class Schemas {

    private static final YAMLMapper YAML = new YAMLMapper();
    private final Path generator;
    private final Map<String, JsonSchema> byKind = new HashMap<>();

    /**
     * @param module where this module is, whose build fetches the generator
     */
    public Schemas(Path module) throws IOException, InterruptedException {
        generator = module.resolve("target/crd-generator");
        var factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7);
        for (var type : List.of(Kafka.class, KafkaNodePool.class, KafkaTopic.class, KafkaUser.class)) {
            var schema = YAML.readTree(generated(type).toFile()).at("/spec/versions/0/schema/openAPIV3Schema");
            byKind.put(type.getSimpleName(), factory.getSchema(strict(schema)));
        }
    }

    private Path generated(Class<?> type) throws IOException, InterruptedException {
        var file = generator.resolve(type.getSimpleName() + ".yaml").toAbsolutePath();
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        generator + "/*",
                        "io.strimzi.crdgenerator.CrdGenerator",
                        "--yaml",
                        "--target-kube",
                        "1.16+",
                        "--crd-api-version",
                        "v1",
                        "--api-versions",
                        "v1",
                        "--storage-version",
                        "v1",
                        type.getName() + "=" + file)
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes());
        if (process.waitFor() != 0 || !Files.exists(file)) {
            throw new IllegalStateException(output);
        }
        return file;
    }

    /** The same with every object closed that says which members it has. */
    private static JsonNode strict(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            if (object.path("x-kubernetes-int-or-string").asBoolean()) {
                object.remove("type");
                object.set("type", YAML.createArrayNode().add("integer").add("string"));
            }
            if (object.path("properties").isObject()
                    && !object.path("x-kubernetes-preserve-unknown-fields").asBoolean()
                    && !object.has("additionalProperties")) {
                object.put("additionalProperties", false);
            }
            for (var child : children(object)) {
                strict(child);
            }
        } else if (schema instanceof ArrayNode array) {
            array.forEach(Schemas::strict);
        }
        return schema;
    }

    private static List<JsonNode> children(ObjectNode object) {
        var children = new ArrayList<JsonNode>();
        object.properties().forEach(member -> {
            // Metadata belongs to Kubernetes; its schema here is an empty object. A choice names only the members that
            // it is about.
            if (!List.of("metadata", "oneOf", "anyOf").contains(member.getKey())) {
                children.add(member.getValue());
            }
        });
        return children;
    }

    /** What is wrong with a document, nothing if it would be taken as it is. */
    public List<String> mistakes(String yaml) throws IOException {
        var document = YAML.readTree(yaml);
        var kind = document.path("kind").asText();
        if (!document.path("apiVersion").asText().equals("kafka.strimzi.io/v1") || !byKind.containsKey(kind)) {
            return List.of("apiVersion, kind: " + document.path("apiVersion").asText() + ", " + kind);
        }
        return byKind.get(kind).validate(document).stream()
                .map(ValidationMessage::getMessage)
                .toList();
    }
}
