package io.orderflow.helm;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** What Helm says after an installation. It renders notes only then; as a resource they are rendered along. */
final class Notes {

    private static final Chart CHART = withNotesAsResource();

    private Notes() {}

    private static Chart withNotesAsResource() {
        var chart = Chart.copy();
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
        return installation
                .renderedBy(CHART)
                .one("ConfigMap", "notes")
                .at("/data/notes")
                .asText();
    }
}
