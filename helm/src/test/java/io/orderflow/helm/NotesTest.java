package io.orderflow.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What Helm says after an installation is true of that installation. */
class NotesTest {

    private static final Pattern RESOURCE = Pattern.compile("(service|deployment|kafka)/([a-z0-9-]+)");
    private static final Pattern FORWARD = Pattern.compile("port-forward service/(\\S+) (?:\\d+:)?(\\d+)");
    private static final Chart CHART = withNotesAsResource();

    /** Helm renders notes only at an installation; as a resource they are rendered along. */
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

    private static String notes(Installation installation) {
        return installation
                .renderedBy(CHART)
                .one("ConfigMap", "notes")
                .at("/data/notes")
                .asText();
    }

    @ParameterizedTest
    @EnumSource
    void whateverACommandNamesIsThere(Installation installation) {
        var manifests = installation.manifests();
        var notes = notes(installation);
        List<String> names = new ArrayList<>();
        RESOURCE.matcher(notes).results().forEach(named -> {
            var kind = named.group(1);
            names.add(named.group());
            manifests.one(kind.substring(0, 1).toUpperCase(Locale.ROOT) + kind.substring(1), named.group(2));
        });
        assertThat(names).hasSizeGreaterThan(1);
        FORWARD.matcher(notes).results().forEach(forward -> assertThat(
                        Pods.each(manifests.one("Service", forward.group(1)).at("/spec/ports"))
                                .map(port -> port.path("port").asText()))
                .contains(forward.group(2)));
        assertThat(notes).doesNotContain("<no value>", "\n\n\n").contains("kubectl -n " + Chart.NAMESPACE);
    }

    @Test
    void eachTellsWhatIsParticularToIt() {
        assertThat(notes(Installation.SMALL))
                .contains(
                        "WARNING: whoever reaches orders may do everything",
                        "not for production",
                        "No money moves",
                        "No mail leaves",
                        "delete persistentvolumeclaims -l strimzi.io/cluster=orderflow",
                        "Strimzi's definitions are not upgraded");
        assertThat(notes(Installation.PRODUCTION))
                .contains("https://shop.example.com/orders", "disks, the cluster and the topics")
                .doesNotContain(
                        "WARNING", "not for production", "No money", "No mail", "Strimzi's definitions", "delete");
        assertThat(notes(Installation.EXTERNAL_KAFKA))
                .contains("The brokers are kafka-1.example.com:9094")
                .doesNotContain("kafka/", "Uninstalling");
        assertThat(notes(Installation.EXISTING_CLUSTER)).doesNotContain("kafka/", "Uninstalling");
    }
}
