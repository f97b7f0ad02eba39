package io.orderflow.e2e.openapi.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;
import org.springframework.core.io.Resource;

/**
 * What a service says about its operations beside its Api: descriptions, schemas, examples. Limits are taken from the
 * code: {@code ${OrderRequest.MAX_LINES}} is that constant of the part's package, or of another one that it names in
 * full.
 */
final class OpenApiPart {

    private static final YAMLMapper YAML =
            YAMLMapper.builder(YAMLFactory.builder().build()).build();
    private static final Pattern CONSTANT = Pattern.compile("\\$\\{([A-Za-z0-9_.]+)\\.([A-Z0-9_]+)}");
    private static final Pattern NESTED = Pattern.compile("(?<=\\.[A-Z]\\w{0,99})\\.");

    private final String packageName;
    private final JsonNode content;

    private OpenApiPart(JsonNode content) {
        this.packageName = content.path("package").asText();
        this.content = withConstants(content);
    }

    static OpenApiPart of(Resource resource) {
        try (var in = resource.getInputStream()) {
            return new OpenApiPart(YAML.readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(resource.getDescription(), e);
        }
    }

    JsonNode content() {
        return content;
    }

    /** A class by its name as source files of the part's package write it. */
    Class<?> type(String name) {
        var full = Character.isUpperCase(name.charAt(0)) ? packageName + "." + name : name;
        try {
            return Class.forName(NESTED.matcher(full).replaceAll("\\$"));
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException(
                    name + ": not a class (expected: one of " + packageName + ", or its full name)", e);
        }
    }

    private JsonNode withConstants(JsonNode node) {
        switch (node) {
            case ObjectNode object -> object.properties().forEach(one -> one.setValue(withConstants(one.getValue())));
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, withConstants(array.get(i)));
                }
            }
            case TextNode text -> {
                return withConstants(text.asText());
            }
            default -> {
                // Numbers and truth values are what they are.
            }
        }
        return node;
    }

    private JsonNode withConstants(String text) {
        var whole = CONSTANT.matcher(text);
        if (whole.matches()) {
            return switch (constant(whole.group(1), whole.group(2))) {
                case Integer number -> IntNode.valueOf(number);
                case Long number -> LongNode.valueOf(number);
                case Pattern pattern -> TextNode.valueOf("^(?:" + pattern.pattern() + ")$");
                case Object other -> JsonNodeFactory.instance.textNode(other.toString());
            };
        }
        return TextNode.valueOf(CONSTANT.matcher(text)
                .replaceAll(found -> constant(found.group(1), found.group(2)).toString()));
    }

    private Object constant(String type, String name) {
        try {
            var field = type(type).getDeclaredField(name);
            field.setAccessible(true);
            return field.get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    "${" + type + "." + name + "}: not to be had (expected: a constant of the code)", e);
        }
    }
}
