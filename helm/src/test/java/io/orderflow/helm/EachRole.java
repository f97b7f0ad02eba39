package io.orderflow.helm;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Writes what is said once, for any service, once for each of them: values in the schema, and lists in files of
 * values.
 */
final class EachRole {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PLACEHOLDER = Pattern.compile("<(role|http|outside)>");

    /** The line that a list is written from; up to {@link #END} all is rendered. */
    private static final Pattern BEGIN =
            Pattern.compile("( *)# for each role(?: but ([a-z, ]+))?, by make render: (.+)");

    private static final String END = "# end";

    private final Roles roles;

    EachRole(Roles roles) {
        this.roles = roles;
    }

    /**
     * The schema with its placeholders replaced: {@code <role>} by each service, {@code <http>} by each that answers
     * HTTP, {@code <outside>} by each name of what is called outside. What stands under a full name is laid over it.
     */
    ObjectNode schema(JsonNode source) {
        return schema("", source);
    }

    private ObjectNode schema(String path, JsonNode source) {
        ObjectNode result = source.deepCopy();
        if (!source.path("properties").isObject()) {
            return result;
        }
        var properties = result.putObject("properties");
        source.path("properties")
                .properties()
                .forEach(member -> add(path, properties, member.getKey(), member.getValue()));
        properties.properties().forEach(member -> {
            if (!member.getValue().has("type")) {
                throw new IllegalArgumentException("helm/" + Values.SOURCE + ": " + path + "/" + member.getKey()
                        + ": no type (expected: one, or the name of a role: " + String.join(", ", roles.names()) + ")");
            }
        });
        return result;
    }

    private void add(String path, ObjectNode properties, String key, JsonNode value) {
        var placeholder = PLACEHOLDER.matcher(key);
        if (placeholder.find()) {
            for (var name : names(placeholder.group(1))) {
                var longer = key.replace(placeholder.group(), name);
                properties.set(longer, schema(path + "/" + longer, named(value, placeholder.group(), name)));
            }
        } else if (value.isNull()) {
            properties.remove(key);
        } else {
            var given = properties.get(key);
            properties.set(key, given == null ? schema(path + "/" + key, value) : laidOver(given, value));
        }
    }

    private List<String> names(String kind) {
        return switch (kind) {
            case "role" -> roles.names();
            case "http" -> roles.withHttp();
            default -> roles.outside();
        };
    }

    private static JsonNode named(JsonNode value, String placeholder, String name) {
        try {
            return JSON.readTree(value.toString().replace(placeholder, name));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(name + ": no name (expected: letters)", e);
        }
    }

    private static JsonNode laidOver(JsonNode below, JsonNode above) {
        if (!below.isObject() || !above.isObject()) {
            return above;
        }
        ObjectNode result = below.deepCopy();
        above.properties()
                .forEach(member -> result.set(
                        member.getKey(),
                        below.has(member.getKey())
                                ? laidOver(below.get(member.getKey()), member.getValue())
                                : member.getValue()));
        return result;
    }

    /**
     * A file of values with its lists as they should be; one without lists stays as it is.
     *
     * @param name of the file, for the refusal
     */
    String lists(String name, String file) {
        List<String> lines = new ArrayList<>();
        String end = null;
        for (var line : file.lines().toList()) {
            if (line.equals(end)) {
                end = null;
            }
            if (end == null) {
                lines.add(line);
            }
            var begin = BEGIN.matcher(line);
            if (begin.matches()) {
                var indent = begin.group(1);
                end = indent + END;
                for (var role : allBut(name, begin.group(2))) {
                    lines.add(indent + role + ": " + begin.group(3).replace("<role>", role));
                }
            }
        }
        if (end != null) {
            throw new IllegalArgumentException(
                    name + ": a list for each role has no end (expected: the line '" + end + "')");
        }
        return String.join("\n", lines) + "\n";
    }

    private List<String> allBut(String file, String names) {
        var left = new ArrayList<>(roles.names());
        for (var name : names == null ? new String[0] : names.split(", *")) {
            if (!left.remove(name)) {
                throw new IllegalArgumentException(
                        file + ": " + name + ": no role (expected: one of " + String.join(", ", roles.names()) + ")");
            }
        }
        return left;
    }
}
