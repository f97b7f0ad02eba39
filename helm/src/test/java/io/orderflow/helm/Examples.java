package io.orderflow.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.orderflow.helm.Manifests.Manifest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The files of docs/examples: what stands around a production installation. */
final class Examples {

    static final Path FOLDER = Chart.ROOT.resolve("../docs/examples");
    static final Path SET_BACK = FOLDER.resolve("set-back.yaml");
    static final Path OWN = FOLDER.resolve("own.yaml");
    static final Path REALM = FOLDER.resolve("keycloak-realm.json");

    private static final JsonSchema KINDS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7)
            .getSchema(Examples.class.getResourceAsStream("/examples.schema.json"));

    private Examples() {}

    /** Whether somebody has added a service, whose databases and logins are to be added here for an installation. */
    static boolean lackAService() {
        return !Roles.DECLARED.added().isEmpty();
    }

    /** Those that a cluster is given, but for the values. */
    static List<Path> files() {
        try (var files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".yaml") && !file.endsWith(OWN.getFileName()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Manifests in(String file) {
        return Manifests.parse(CommandsOfPages.read(FOLDER.resolve(file)));
    }

    static JsonNode realm() {
        try {
            return new ObjectMapper().readTree(REALM.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the chart makes of the values. */
    static Manifests rendered() {
        var chart = Chart.copy();
        return chart.renderFiles(ValuesFile.PRODUCTION.in(chart.root()), OWN);
    }

    /** What is wrong with a resource. */
    static Stream<String> mistakes(Manifest one) {
        var found = Strict.knows(one.content())
                ? Strict.mistakes(one.content()).stream()
                : KINDS.validate(one.content()).stream().map(ValidationMessage::getMessage);
        return found.map(mistake -> one.kind() + " " + one.name() + ": " + mistake);
    }
}
