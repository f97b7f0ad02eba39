package io.orderflow.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The way that we name to Strimzi's definitions leads to all of them, with either Helm: their files, out of the
 * operator's chart. What {@code helm show crds} prints is one document to Helm 3, of which kubectl applies the last.
 */
class DefinitionsTest {

    private static final List<String> NAMES = List.of("kafkas", "kafkatopics");
    private static final String OPERATOR = "strimzi-kafka-operator";

    /** The folder that is applied after {@code helm pull --untar}, which makes one of the chart's name. */
    private static final Pattern APPLIED =
            Pattern.compile("helm pull .*/" + OPERATOR + " .*--untar\\s+kubectl apply .*-f (\\S+)");

    @TempDir
    private Path folder;

    @Test
    void theOperatorsChartHasEachDefinitionInAFileOfItsOwn() throws Exception {
        new Helm(chart()).packageIt().withDestination(folder).call();
        var archive = folder.resolve(OPERATOR + "-1.2.0.tgz");
        assertThat(new ProcessBuilder(
                                "tar",
                                "-xzmf",
                                archive.toString(),
                                "-C",
                                untarred().toString())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();

        var paths = pages().flatMap(page -> APPLIED.matcher(page).results().map(one -> one.group(1)))
                .toList();
        assertThat(paths).as("the notes' and the README's").hasSize(2).allSatisfy(path -> {
            try (var files = Files.list(untarred().resolve(path))) {
                assertThat(files).map(DefinitionsTest::name).containsExactlyInAnyOrderElementsOf(NAMES);
            }
        });
    }

    private static Stream<String> pages() {
        return Stream.of(Notes.of(Installation.SMALL), CommandsOfPages.read(Chart.SOURCE.resolve("README.md")));
    }

    @Test
    void whatHelmShowsIsNotSeparated() throws IOException {
        assertThat(new Helm(chart()).show().crds().call())
                .as("if it is, the notes can do with less")
                .contains(NAMES)
                .doesNotContain("---");
        try (var pages = Stream.of(
                Chart.SOURCE.resolve("templates/NOTES.txt"),
                Chart.SOURCE.resolve("README.md"),
                Chart.ROOT.resolve("../docs/kubernetes.md"))) {
            assertThat(pages.map(DefinitionsTest::read)).noneMatch(page -> page.contains("helm show crds"));
        }
    }

    /** As the operator's: no definition begins with a separator. */
    private Path chart() throws IOException {
        var chart = Files.createDirectories(folder.resolve(OPERATOR));
        Files.writeString(chart.resolve("Chart.yaml"), "apiVersion: v2\nname: " + OPERATOR + "\nversion: 1.2.0\n");
        var definitions = Files.createDirectories(chart.resolve("crds"));
        for (var name : NAMES) {
            Files.writeString(definitions.resolve("040-Crd-" + name + ".yaml"), """
                    apiVersion: apiextensions.k8s.io/v1
                    kind: CustomResourceDefinition
                    metadata:
                      name: %s
                    """.formatted(name));
        }
        return chart;
    }

    private Path untarred() throws IOException {
        return Files.createDirectories(folder.resolve("untarred"));
    }

    private static String name(Path file) {
        try {
            return new YAMLMapper().readTree(file.toFile()).at("/metadata/name").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
