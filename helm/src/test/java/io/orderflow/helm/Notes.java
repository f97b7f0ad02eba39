package io.orderflow.helm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** What Helm says after an installation or an upgrade. It renders notes only then; as a resource they come along. */
final class Notes {

    private static final String UPGRADE = ".Release.IsUpgrade";
    private static final Chart INSTALLED = withNotesAsResource(Chart.copy());

    /** Rendering knows no upgrade. */
    private static final Chart UPGRADED = withNotesAsResource(
            Chart.copy().with("templates/NOTES.txt", UPGRADE, "true").with("templates/_kafka.tpl", UPGRADE, "true"));

    private Notes() {}

    private static Chart withNotesAsResource(Chart chart) {
        try {
            var templates = chart.folder().resolve("templates");
            Files.writeString(
                    templates.resolve("notes.yaml"),
                    "{{- define \"notes\" }}" + Files.readString(templates.resolve("NOTES.txt")) + "{{ end }}\n"
                            + "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: notes}\ndata:\n  notes: |\n"
                            + "{{ include \"notes\" . | indent 4 }}\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return chart;
    }

    static String of(Installation installation) {
        return of(installation, INSTALLED);
    }

    static String ofAnUpgradeOf(Installation installation) {
        return of(installation, UPGRADED);
    }

    private static String of(Installation installation, Chart chart) {
        return installation
                .renderedBy(chart)
                .one("ConfigMap", "notes")
                .at("/data/notes")
                .asText();
    }
}
