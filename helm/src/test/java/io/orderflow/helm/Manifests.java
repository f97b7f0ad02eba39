package io.orderflow.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The resources of one rendering, in Helm's order, each with the template that it comes from. */
record Manifests(String text, List<Manifest> all) {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final Pattern SOURCE = Pattern.compile("^# Source: (\\S+)", Pattern.MULTILINE);

    /** One resource. */
    record Manifest(String template, String yaml, JsonNode content) {

        String kind() {
            return content.path("kind").asText();
        }

        String name() {
            return content.at("/metadata/name").asText();
        }

        JsonNode at(String path) {
            return content.at(path);
        }

        @Override
        public String toString() {
            return template + ": " + kind() + " " + name();
        }
    }

    static Manifests parse(String text) {
        List<Manifest> all = new ArrayList<>();
        var template = "";
        for (var document : text.split("(?m)^---\\s*$")) {
            var source = SOURCE.matcher(document);
            if (source.find()) {
                template = source.group(1);
            }
            try {
                var content = YAML.readTree(document);
                if (content.isObject()) {
                    all.add(new Manifest(template, document, content));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(template + ": " + e.getMessage(), e);
            }
        }
        return new Manifests(text, List.copyOf(all));
    }

    /** What another rendering lacks or has otherwise. */
    String beyond(Manifests other) {
        var known = other.all.stream().map(Manifest::yaml).toList();
        return all.stream()
                .map(Manifest::yaml)
                .filter(yaml -> !known.contains(yaml))
                .map(yaml -> "---\n" + yaml.strip() + "\n")
                .collect(Collectors.joining());
    }

    Stream<Manifest> of(String... kinds) {
        return all.stream().filter(one -> List.of(kinds).contains(one.kind()));
    }

    Manifest one(String kind, String name) {
        return of(kind).filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + kind + " " + name + " in " + all));
    }
}
