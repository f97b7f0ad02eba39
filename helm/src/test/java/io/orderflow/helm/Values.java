package io.orderflow.helm;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The chart's values as their schema declares them: names, descriptions and defaults stand there once, what is the
 * same for every service once for all of them, and the chart's own schema, its values file and its README's table are
 * written from it.
 */
final class Values {

    /** Written by hand, beside the chart. */
    static final Path SOURCE = Path.of("values.schema.json");

    static final Path SCHEMA = Path.of("orderflow/values.schema.json");
    static final Path FILE = Path.of("orderflow/values.yaml");
    static final Path DEFAULTS = Path.of("orderflow/files/defaults.json");
    static final Path README = Path.of("orderflow/README.md");

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DefaultPrettyPrinter LAYOUT = new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withSeparators(Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER));
    private static final int WIDTH = 120;
    private static final String BEGIN = "<!-- values: written by make render -->\n";
    private static final String END = "<!-- end of values -->\n";

    private final JsonNode schema;

    /** @param root the folder that has the source and the chart */
    Values(Path root) throws IOException {
        schema = new EachRole(Roles.of(root.resolve(Chart.FOLDER)))
                .schema(JSON.readTree(Files.readString(root.resolve(SOURCE))));
    }

    /** The schema that Helm reads. */
    String schemaFile() throws IOException {
        var written = (ObjectNode) schema.deepCopy();
        written.put("description", "Written by make render from helm/" + SOURCE + ", which is the one to change.");
        return JSON.writer(LAYOUT).writeValueAsString(written) + "\n";
    }

    /** One value that can be set. */
    record Value(String path, JsonNode schema) {

        String description() {
            return schema.path("description").asText();
        }

        String defaultValue() {
            return schema.path("default").toString();
        }
    }

    /** Every value that has no named values within it. */
    List<Value> leaves() {
        List<Value> leaves = new ArrayList<>();
        collect("", schema, leaves);
        return leaves;
    }

    private static void collect(String path, JsonNode schema, List<Value> leaves) {
        for (var member : schema.path("properties").properties()) {
            var name = path.isEmpty() ? member.getKey() : path + "." + member.getKey();
            if (isGroup(member.getValue())) {
                collect(name, member.getValue(), leaves);
            } else {
                leaves.add(new Value(name, member.getValue()));
            }
        }
    }

    /** The values file. */
    String file() {
        var text =
                new StringBuilder("# Written by make render from helm/" + SOURCE + ", which is the one to change.\n");
        write(schema, 0, text);
        return text.toString();
    }

    private static void write(JsonNode group, int depth, StringBuilder text) {
        var indent = "  ".repeat(depth);
        for (var member : group.path("properties").properties()) {
            var value = member.getValue();
            if (depth == 0) {
                text.append('\n');
            }
            for (var line : wrapped(description(value), WIDTH - indent.length() - 2)) {
                text.append(indent).append("# ").append(line).append('\n');
            }
            text.append(indent).append(member.getKey()).append(':');
            if (isGroup(value)) {
                text.append('\n');
                write(value, depth + 1, text);
            } else {
                text.append(' ').append(value.path("default")).append('\n');
            }
        }
    }

    /**
     * Each value's default by its path, for the templates: an upgrade that takes the values of a release as they are
     * hides the chart's own from Helm.
     */
    String defaults() {
        return leaves().stream()
                .map(leaf -> "  \"" + leaf.path() + "\": " + leaf.defaultValue())
                .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
    }

    /** The README with its table as it should be. */
    String readme(String now) {
        int begin = now.indexOf(BEGIN);
        int end = now.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException(README + ": no table of values (expected: the lines " + BEGIN.strip()
                    + " and " + END.strip() + ")");
        }
        var table = new StringBuilder("\n| Value | What | Default |\n|---|---|---|\n");
        for (var leaf : leaves()) {
            table.append("| `%s` | %s | `%s` |\n"
                    .formatted(
                            leaf.path(),
                            description(leaf.schema()).replace("|", "\\|"),
                            leaf.defaultValue().replace("|", "\\|")));
        }
        return now.substring(0, begin + BEGIN.length()) + table + "\n" + now.substring(end);
    }

    private static boolean isGroup(JsonNode schema) {
        return schema.path("properties").isObject();
    }

    private static String description(JsonNode value) {
        return value.path("description").asText();
    }

    private static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        var line = new StringBuilder();
        for (var word : text.split(" ")) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    /** Every file of the chart that is written from the source, by its path below the root. */
    static Map<Path, String> files(Path root) throws IOException {
        var values = new Values(root);
        return Map.of(
                SCHEMA, values.schemaFile(),
                FILE, values.file(),
                DEFAULTS, values.defaults(),
                README, values.readme(Files.readString(root.resolve(README))));
    }
}
