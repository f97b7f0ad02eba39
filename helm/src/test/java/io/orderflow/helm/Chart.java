package io.orderflow.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A copy of the chart that Helm itself renders. The operator's chart, which the copy would have to be fetched for, is played by one without resources; it takes the values that ours sets.
 */
final class Chart {

    static final Path SOURCE = Path.of("orderflow").toAbsolutePath();
    static final String RELEASE = "shop";
    static final String NAMESPACE = "orders";
    /** The oldest that the chart takes. */
    static final String KUBERNETES = "1.30.0";

    private final Path folder;

    private Chart(Path folder) {
        this.folder = folder;
    }

    /** A fresh copy, which may be changed. */
    static Chart copy() {
        try {
            var folder = Files.createTempDirectory(Files.createDirectories(Path.of("target/charts")), "chart")
                    .resolve("orderflow");
            copy(SOURCE, folder);
            var operator = Files.createDirectories(folder.resolve("charts/strimzi-kafka-operator"));
            Files.writeString(
                    operator.resolve("Chart.yaml"),
                    "apiVersion: v2\nname: strimzi-kafka-operator\ndescription: stub\nversion: 1.2.0\n");
            Files.writeString(operator.resolve("values.yaml"), "watchAnyNamespace: false\nextraEnvs: []\n");
            return new Chart(folder.toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Helm does not render hooks along; here they are like everything else. */
    private static final String HOOK = "helm.sh/hook";

    private static final String NO_HOOK = "rendered.helm.sh/hook";

    private static void copy(Path source, Path target) throws IOException {
        try (var files = Files.walk(source)) {
            for (var file : (Iterable<Path>) files::iterator) {
                var copy = target.resolve(source.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else if (source.relativize(file).startsWith("templates")) {
                    Files.writeString(copy, Files.readString(file).replace(HOOK, NO_HOOK));
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }

    Path folder() {
        return folder;
    }

    /** Without the values that Helm would lay a wrong one over, and say at length that it cannot: the schema judges what is given. */
    Chart withoutDefaults() {
        try {
            for (var values : List.of("values.yaml", "charts/strimzi-kafka-operator/values.yaml")) {
                Files.writeString(folder.resolve(values), "{}\n");
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces a text that must be in a file. */
    Chart with(String file, String text, String replacement) {
        try {
            var path = folder.resolve(file);
            var content = Files.readString(path);
            if (!content.contains(text)) {
                throw new IllegalArgumentException(file + ": " + text + " is not in it");
            }
            Files.writeString(path, content.replace(text, replacement));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Manifests render(ValuesFile... values) {
        return render(Map.of(), values);
    }

    /** What Helm renders with a file from elsewhere. */
    Manifests renderFile(Path values) {
        return Manifests.parse(command().withValuesFile(values.toAbsolutePath()).call());
    }

    /** What Helm renders with these files and single values. */
    Manifests render(Map<String, Object> single, ValuesFile... values) {
        var command = command();
        for (var file : values) {
            command.withValuesFile(file.in(folder));
        }
        new TreeMap<>(single).forEach(command::set);
        return Manifests.parse(command.call().replace(NO_HOOK, HOOK));
    }

    private TemplateCommand command() {
        return new Helm(folder)
                .template()
                .withName(RELEASE)
                .withNamespace(NAMESPACE)
                .withKubeVersion(KUBERNETES);
    }

    /** Says what Helm finds wrong with the chart, warnings included. */
    String lint() {
        var result = new Helm(folder).lint().strict().call();
        return result.isFailed() ? String.join("\n", result.getMessages()) : "";
    }

    @Override
    public String toString() {
        return folder + " " + Arrays.toString(folder.toFile().list());
    }
}
