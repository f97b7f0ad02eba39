package io.orderflow.helm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is committed and written by {@code make render}: the chart's values file and README from the schema, and the small and the production installation as Kubernetes would get them, so
 * that a change of a template shows what it changes, and tests without Helm can read them.
 */
final class Rendered {

    private static final Path MANIFESTS = Path.of("rendered");

    private Rendered() {}

    public static void main(String... arguments) throws IOException {
        Values.files(Chart.SOURCE).forEach(Rendered::write);
        manifests().forEach(Rendered::write);
        // The native library keeps the process.
        Runtime.getRuntime().halt(0);
    }

    private static void write(Path file, String text) {
        try {
            var path = Chart.SOURCE.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By their path below the chart. */
    static Map<Path, String> manifests() {
        var chart = Chart.copy();
        Map<Path, String> manifests = new TreeMap<>();
        manifests.put(path("small"), chart.render(ValuesFile.SMALL).text());
        manifests.put(
                path("production"),
                chart.render(ValuesFile.PRODUCTION, ValuesFile.PRODUCTION_OWN).text());
        return manifests;
    }

    private static Path path(String name) {
        return Path.of("..").resolve(MANIFESTS).resolve(name + ".yaml");
    }
}
