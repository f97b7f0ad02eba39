package io.orderflow.e2e.openapi.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.orderflow.http.ProblemType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** All parts together: what is common to the operations, what is said of each, and what is wrong with what is said. */
final class Parts {

    private final List<OpenApiPart> all;
    private final JsonNode common;
    private final Map<String, JsonNode> operations = new HashMap<>();
    private final List<String> mistakes = new ArrayList<>();

    private Parts(List<OpenApiPart> all) {
        this.all = all;
        this.common = all.stream()
                .map(OpenApiPart::content)
                .filter(part -> part.has("documents"))
                .findFirst()
                .orElseThrow();
        for (var part : all) {
            part.content().path("operations").properties().forEach(one -> operations.put(one.getKey(), one.getValue()));
        }
    }

    /** Those that the modules on the class path keep beside their Apis. */
    static Parts onTheClassPath() {
        try {
            var found = new PathMatchingResourcePatternResolver().getResources("classpath*:openapi/*.yaml");
            return new Parts(Arrays.stream(found)
                    .sorted(Comparator.comparing(one -> one.getFilename()))
                    .map(OpenApiPart::of)
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    List<OpenApiPart> all() {
        return all;
    }

    JsonNode common() {
        return common;
    }

    /** By the ids of their routes. */
    Map<String, JsonNode> operations() {
        return operations;
    }

    /** What is common to all answers with this problem. */
    JsonNode problem(ProblemType type) {
        return common.path("problems").path(type.name());
    }

    void mistake(String mistake) {
        mistakes.add(mistake);
    }

    void refuseMistakes() {
        if (!mistakes.isEmpty()) {
            throw new IllegalStateException("openapi/*.yaml: " + String.join("\n", mistakes));
        }
    }

    /** With these names, in their order. */
    ArrayNode tags(JsonNode names) {
        Map<String, JsonNode> tags = new HashMap<>();
        for (var part : all) {
            part.content().path("tags").forEach(tag -> tags.put(tag.path("name").asText(), tag));
        }
        var inOrder = JsonNodeFactory.instance.arrayNode();
        for (var name : names) {
            if (tags.containsKey(name.asText())) {
                inOrder.add(tags.get(name.asText()));
            } else {
                mistakes.add("tag " + name + ": not described (expected: in one of the parts)");
            }
        }
        return inOrder;
    }

    /** One that several operations have. */
    JsonNode parameter(String name) {
        return all.stream()
                .map(part -> part.content().path("parameters").path(name))
                .filter(JsonNode::isObject)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + ": unknown (expected: under parameters)"));
    }
}
