package io.orderflow.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.annotations.SerializedName;
import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.custom.Quantity;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is wrong with a resource of Kubernetes' own: a field that nobody knows, one that is missing, a value of another
 * type, a quantity that is none. The classes of the official client say what there is; a cluster would drop an unknown
 * field without a word, and refuse the rest only at the installation.
 */
final class Strict {

    private static final String MODELS = "io.kubernetes.client.openapi.models.";
    private static final Set<String> GROUPS =
            Set.of("", "apps", "batch", "autoscaling", "policy", "networking.k8s.io", "rbac.authorization.k8s.io");

    private final List<String> mistakes = new ArrayList<>();

    private Strict() {}

    /** Whether this is one of Kubernetes' own. */
    static boolean knows(JsonNode resource) {
        var version = resource.path("apiVersion").asText();
        return GROUPS.contains(version.contains("/") ? version.substring(0, version.indexOf('/')) : "");
    }

    static List<String> mistakes(JsonNode resource) {
        var strict = new Strict();
        var version = resource.path("apiVersion").asText();
        var name = version.substring(version.indexOf('/') + 1);
        try {
            var model = Class.forName(MODELS
                    + name.substring(0, 1).toUpperCase(Locale.ROOT)
                    + name.substring(1)
                    + resource.path("kind").asText());
            strict.object("", resource, model);
        } catch (ClassNotFoundException e) {
            strict.wrong(
                    "apiVersion, kind", version + ", " + resource.path("kind").asText(), "a kind of Kubernetes'");
        }
        return strict.mistakes;
    }

    private void wrong(String path, Object value, String expected) {
        mistakes.add(path + ": " + value + " (expected: " + expected + ")");
    }

    private void object(String path, JsonNode node, Class<?> model) {
        if (!node.isObject()) {
            wrong(path, node, "an object");
            return;
        }
        var fields = fields(model);
        for (var member : node.properties()) {
            var at = path.isEmpty() ? member.getKey() : path + "." + member.getKey();
            var field = fields.get(member.getKey());
            if (field == null) {
                wrong(at, "unknown", "one of " + new TreeSet<>(fields.keySet()));
            } else {
                value(at, member.getValue(), field.getGenericType());
            }
        }
        for (var name : required(model)) {
            if (!node.has(name)) {
                wrong(path.isEmpty() ? name : path + "." + name, "missing", "always there");
            }
        }
    }

    private void value(String path, JsonNode node, Type type) {
        if (type instanceof ParameterizedType generic) {
            collection(path, node, generic);
        } else if (type instanceof Class<?> plain) {
            plain(path, node, plain);
        }
    }

    private void collection(String path, JsonNode node, ParameterizedType type) {
        var arguments = type.getActualTypeArguments();
        if (type.getRawType() == Map.class) {
            if (!node.isObject()) {
                wrong(path, node, "an object");
                return;
            }
            node.properties().forEach(member -> value(path + "." + member.getKey(), member.getValue(), arguments[1]));
        } else {
            if (!node.isArray()) {
                wrong(path, node, "a list");
                return;
            }
            for (int i = 0; i < node.size(); i++) {
                value(path + "[" + i + "]", node.get(i), arguments[0]);
            }
        }
    }

    private void plain(String path, JsonNode node, Class<?> type) {
        if (type == String.class || type == OffsetDateTime.class || type == byte[].class) {
            check(path, node, node.isTextual(), "a text");
        } else if (type == Integer.class || type == Long.class) {
            check(path, node, node.isIntegralNumber(), "a whole number");
        } else if (type == Boolean.class) {
            check(path, node, node.isBoolean(), "true or false");
        } else if (type == IntOrString.class) {
            check(path, node, node.isTextual() || node.isIntegralNumber(), "a whole number or a text");
        } else if (type == Quantity.class) {
            check(path, node, isQuantity(node), "a quantity");
        } else if (type != Object.class && !Number.class.isAssignableFrom(type)) {
            object(path, node, type);
        }
    }

    private void check(String path, JsonNode node, boolean right, String expected) {
        if (!right) {
            wrong(path, node, expected);
        }
    }

    private static boolean isQuantity(JsonNode node) {
        if (!node.isTextual() && !node.isNumber()) {
            return false;
        }
        try {
            Quantity.fromString(node.asText());
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private static Map<String, Field> fields(Class<?> model) {
        Map<String, Field> fields = new HashMap<>();
        for (var field : model.getDeclaredFields()) {
            var name = field.getAnnotation(SerializedName.class);
            if (name != null && !Modifier.isStatic(field.getModifiers())) {
                fields.put(name.value(), field);
            }
        }
        if (fields.isEmpty()) {
            throw new IllegalStateException(model + ": no fields (expected: a class of the client's model)");
        }
        return fields;
    }

    private static Set<String> required(Class<?> model) {
        try {
            Set<String> names = new TreeSet<>();
            ((Set<?>) model.getField("openapiRequiredFields").get(null)).forEach(name -> names.add(name.toString()));
            return names;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(model + ": no openapiRequiredFields", e);
        }
    }
}
