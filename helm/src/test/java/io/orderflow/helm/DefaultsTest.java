package io.orderflow.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A value that a release does not know yet is the chart's: {@code helm upgrade --reuse-values} takes the values of the
 * release as they were computed, without those that a newer chart has beside them.
 */
class DefaultsTest {

    private static final YAMLMapper YAML = new YAMLMapper();

    @Test
    void withoutAnyOfItsOwnDefaultsTheChartRendersTheSame() {
        var bare = Chart.copy().withoutDefaults();
        for (var installation : Installation.values()) {
            assertThat(installation.renderedBy(bare).text())
                    .as("%s", installation)
                    .isEqualTo(installation.manifests().text());
        }
    }

    /** Each is missing while any other is there: once for each bit of their numbers, and once for its opposite. */
    @Test
    void withoutSomeOfThemItRendersTheSame() throws IOException {
        var chart = Chart.copy();
        var file = chart.folder().resolve("values.yaml");
        var whole = (ObjectNode) YAML.readTree(file.toFile());
        var expected = Installation.DEFAULT.renderedBy(chart).text();
        var paths =
                new Values(Chart.ROOT).leaves().stream().map(Values.Value::path).toList();
        for (int bit = 1; bit <= paths.size(); bit <<= 1) {
            for (int kept : List.of(0, bit)) {
                var some = whole.deepCopy();
                for (int i = 0; i < paths.size(); i++) {
                    if ((i & bit) != kept) {
                        remove(some, paths.get(i));
                    }
                }
                YAML.writeValue(file.toFile(), some);
                assertThat(Installation.DEFAULT.renderedBy(chart).text())
                        .as("without those whose number has, or has not, the bit %d", bit)
                        .isEqualTo(expected);
            }
        }
    }

    /** A group that is left empty goes along. */
    private static void remove(ObjectNode group, String path) {
        var name = path.split("\\.", 2);
        assertThat(group.has(name[0])).as(path).isTrue();
        if (name.length == 1) {
            group.remove(path);
            return;
        }
        var inner = (ObjectNode) group.get(name[0]);
        remove(inner, name[1]);
        if (inner.isEmpty()) {
            group.remove(name[0]);
        }
    }

    @Test
    void everyTemplateAsksForThemFirst() throws IOException {
        try (var templates = Files.list(Chart.SOURCE.resolve("templates"))) {
            assertThat(templates.filter(file -> !file.getFileName().toString().startsWith("_")))
                    .allSatisfy(file -> assertThat(Files.readString(file))
                            .as("%s", file)
                            .startsWith("{{- include \"orderflow.defaults\" . "));
        }
    }
}
