package io.orderflow.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.Collectors;

/** Events as the releases wrote them, a folder for each release whose events changed; and the schemas beside them. */
final class Examples {

    private static final Path FOLDER = Path.of("routes/messaging/src/test/resources/golden");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path root;

    /** @param root of the repository */
    Examples(Path root) {
        this.root = root;
    }

    /** As the newest release that has one wrote it. */
    JsonNode latest(String type) {
        try (var releases = Files.list(root.resolve(FOLDER))) {
            return releases.sorted(Comparator.comparing(Examples::number).reversed())
                    .map(release -> release.resolve(type + ".json"))
                    .filter(Files::exists)
                    .findFirst()
                    .map(Examples::parsed)
                    .orElseThrow(() ->
                            new IllegalStateException(type + ": no example (expected: in a folder of " + FOLDER + ")"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A release's number, so that 0.10.0 comes after 0.9.0. */
    private static String number(Path release) {
        return Arrays.stream(release.getFileName().toString().split("\\."))
                .map("%6s"::formatted)
                .collect(Collectors.joining("."));
    }

    private static JsonNode parsed(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The schema that a type of event has now. */
    static JsonNode schema(String type) {
        var resource = "/schemas/" + type + ".json";
        try (var file = Event.class.getResourceAsStream(resource)) {
            if (file == null) {
                throw new IllegalStateException(resource + ": missing (expected: a schema for each event)");
            }
            return JSON.readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What its schema says of a type of event, without the topic. */
    static String description(JsonNode schema) {
        return schema.path("description").textValue().replaceFirst(" On topic .*", "");
    }
}
