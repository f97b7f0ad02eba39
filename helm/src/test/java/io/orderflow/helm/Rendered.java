package io.orderflow.helm;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is committed and written by {@code make render}: the chart's versions, its values and the lists in files of
 * values, from what is said once; then what the chart gives with them, so that a change of a template or of the
 * declaration shows what it changes: two installations as Kubernetes would get them, what console changes in one, who
 * speaks to whom, and who reads which Secret.
 */
final class Rendered {

    static final Path EDGES = Path.of("src/test/resources/edges.txt");
    static final Path SECRETS = Path.of("src/test/resources/secrets.txt");

    private Rendered() {}

    public static void main(String... arguments) {
        int status = render(Chart.ROOT, System.err);
        // The native library keeps the process.
        Runtime.getRuntime().halt(status);
    }

    /** Writes all of it, or says what is wrong and where, without a stack. */
    static int render(Path root, PrintStream errors) {
        try {
            write(root, values(root));
            write(root, installations(Chart.copy(root)));
            return 0;
        } catch (NoSuchFileException e) {
            errors.println(e.getFile() + ": not there");
        } catch (IOException | RuntimeException e) {
            errors.println(e.getMessage());
        }
        return 1;
    }

    static void write(Path root, Map<Path, String> files) throws IOException {
        for (var file : files.entrySet()) {
            var path = root.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    /** What Helm is given, by its path below the root. */
    static Map<Path, String> values(Path root) throws IOException {
        Map<Path, String> files = new TreeMap<>(Values.files(root));
        files.put(ChartFile.PATH, ChartFile.of(root));
        var each = new EachRole(Roles.of(root.resolve(Chart.FOLDER)));
        for (var file : ValuesFile.values()) {
            var list = root.relativize(file.in(root));
            files.put(list, each.lists(list.toString(), Files.readString(root.resolve(list))));
        }
        return files;
    }

    /** What Helm makes of it, by its path below the root. */
    static Map<Path, String> installations(Chart chart) {
        Map<Installation, Manifests> rendered = new EnumMap<>(Installation.class);
        for (var installation : Installation.values()) {
            rendered.put(installation, installation.renderedBy(chart));
        }
        return Map.of(
                Path.of("rendered/small.yaml"),
                rendered.get(Installation.SMALL).text(),
                Path.of("rendered/production.yaml"),
                rendered.get(Installation.PRODUCTION).text(),
                Path.of("rendered/small-with-console.yaml"),
                rendered.get(Installation.SMALL_WITH_CONSOLE).beyond(rendered.get(Installation.SMALL)),
                EDGES,
                Edges.reviewed(rendered),
                SECRETS,
                Secrets.reviewed(rendered));
    }
}
