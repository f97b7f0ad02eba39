package io.orderflow.e2e.openapi.generator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Set;
import java.util.TreeSet;

/** What operations refer to by name; a document has what its own refer to, and nothing else. */
final class Components {

    private final ObjectNode all;

    Components(ObjectNode all) {
        this.all = all;
    }

    /** Those that are named there, or by one that is; callers' schemes in any case, which are named without a path. */
    ObjectNode usedBy(ObjectNode paths) {
        var names = namedFrom(paths);
        var used = JsonNodeFactory.instance.objectNode();
        for (var kind : all.properties()) {
            var here = JsonNodeFactory.instance.objectNode();
            for (var one : kind.getValue().properties()) {
                if (kind.getKey().equals("securitySchemes") || names.contains(name(kind.getKey(), one.getKey()))) {
                    here.set(one.getKey(), one.getValue());
                }
            }
            if (!here.isEmpty()) {
                used.set(kind.getKey(), here);
            }
        }
        return used;
    }

    private Set<String> namedFrom(JsonNode paths) {
        Set<String> names = new TreeSet<>();
        var open = new ArrayDeque<JsonNode>();
        open.add(paths);
        while (!open.isEmpty()) {
            for (var name : open.poll().findValuesAsText("$ref")) {
                if (names.add(name)) {
                    open.add(all.at(name.substring("#/components".length())));
                }
            }
        }
        return names;
    }

    private static String name(String kind, String name) {
        return "#/components/" + kind + "/" + name;
    }
}
