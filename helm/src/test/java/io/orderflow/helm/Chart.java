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
 * A copy of the chart that Helm itself renders, with the files of values and what they are written from. The operator's
 * chart, which the copy would have to be fetched for, is played by one without resources; it takes the values that ours
 * sets.
 */
final class Chart {

    /** The folder that has the chart, its values' source and the tests' files. */
    static final Path ROOT = Path.of("").toAbsolutePath();

    static final Path FOLDER = Path.of("orderflow");
    static final Path SOURCE = ROOT.resolve(FOLDER);
    static final String RELEASE = "shop";
    static final String NAMESPACE = "orders";
    /** The oldest that the chart takes. */
    static final String KUBERNETES = "1.30.0";

    private final Path root;
    private final String release;

    private Chart(Path root, String release) {
        this.root = root;
        this.release = release;
    }

    /** A fresh copy, which may be changed. */
    static Chart copy() {
        return copy(ROOT);
    }

    /** @param source the folder that plays {@link #ROOT} */
    static Chart copy(Path source) {
        try {
            var root = Files.createTempDirectory(Files.createDirectories(Path.of("target/charts")), "chart");
            Files.copy(source.resolve(Values.SOURCE), root.resolve(Values.SOURCE));
            for (var copied : List.of(FOLDER, Path.of("kind"), Path.of("src/test/values"))) {
                copy(source.resolve(copied), Files.createDirectories(root.resolve(copied)));
            }
            var folder = root.resolve(FOLDER);
            var operator = Files.createDirectories(folder.resolve("charts/strimzi-kafka-operator"));
            Files.writeString(
                    operator.resolve("Chart.yaml"),
                    "apiVersion: v2\nname: strimzi-kafka-operator\ndescription: stub\nversion: 1.2.0\n");
            Files.writeString(
                    operator.resolve("values.yaml"),
                    "watchAnyNamespace: false\nextraEnvs: []\nresources: {}\npodSecurityContext: {}\nsecurityContext: {}\n");
            return new Chart(root.toAbsolutePath(), RELEASE);
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
                } else if (file.getParent().endsWith("templates")) {
                    Files.writeString(copy, Files.readString(file).replace(HOOK, NO_HOOK));
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }

    /** The folder that plays {@link #ROOT}. */
    Path root() {
        return root;
    }

    Path folder() {
        return root.resolve(FOLDER);
    }

    /**
     * Without the values that Helm would lay a wrong one over, and say at length that it cannot: the schema judges
     * what is given.
     */
    Chart withoutDefaults() {
        try {
            for (var values : List.of("values.yaml", "charts/strimzi-kafka-operator/values.yaml")) {
                Files.writeString(folder().resolve(values), "{}\n");
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces a text that must be in a file. */
    Chart with(String file, String text, String replacement) {
        try {
            var path = folder().resolve(file);
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

    /** What Helm renders with files from elsewhere. */
    Manifests renderFiles(Path... values) {
        var command = command();
        for (var file : values) {
            command.withValuesFile(file.toAbsolutePath().normalize());
        }
        return Manifests.parse(command.call().replace(NO_HOOK, HOOK));
    }

    /** What Helm renders with these files and single values. */
    Manifests render(Map<String, Object> single, ValuesFile... values) {
        var command = command();
        for (var file : values) {
            command.withValuesFile(file.in(root));
        }
        new TreeMap<>(single).forEach(command::set);
        return Manifests.parse(command.call().replace(NO_HOOK, HOOK));
    }

    /** What Helm renders with these files and then values as they stand in one. */
    Manifests render(String yaml, ValuesFile... values) {
        try {
            var last = Files.writeString(Files.createTempFile(root, "last", ".yaml"), yaml);
            var command = command();
            for (var file : values) {
                command.withValuesFile(file.in(root));
            }
            return Manifests.parse(command.withValuesFile(last).call().replace(NO_HOOK, HOOK));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same chart under another release's name. */
    Chart as(String name) {
        return new Chart(root, name);
    }

    private TemplateCommand command() {
        return new Helm(folder())
                .template()
                .withName(release)
                .withNamespace(NAMESPACE)
                .withKubeVersion(KUBERNETES);
    }

    /** Says what Helm finds wrong with the chart, warnings included. */
    String lint() {
        var result = new Helm(folder()).lint().strict().call();
        return result.isFailed() ? String.join("\n", result.getMessages()) : "";
    }

    @Override
    public String toString() {
        return folder() + " " + Arrays.toString(folder().toFile().list());
    }
}
