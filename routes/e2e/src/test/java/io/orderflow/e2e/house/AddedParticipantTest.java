package io.orderflow.e2e.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What it costs to make a fifth participant a part of the product: a folder of new files and a few edits, kept in
 * {@code src/participant}. They are put on a copy of the committed files, which is rendered, built and tested.
 */
class AddedParticipantTest {

    private static final int MOST_EDITED_FILES = 6;
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();
    private static final Path SAMPLE = ROOT.resolve("routes/e2e/src/participant");
    private static final Path NEW = SAMPLE.resolve("new");

    /** In a file some lines, which are there once, give way to others. */
    private record Edit(Path file, String from, String to) {

        String applied(String text) {
            assertThat(text.split(Pattern.quote(from), -1))
                    .as("%s: has once%n%s", file, from)
                    .hasSize(2);
            return text.replace(from, to);
        }
    }

    @Test
    void itEditsFewFilesAndItsEditsFit() throws IOException {
        var edited = edited(ROOT);

        assertThat(edited.keySet()).as("files that are edited by hand").hasSizeLessThanOrEqualTo(MOST_EDITED_FILES);
        try (var files = Files.walk(NEW)) {
            assertThat(files.filter(Files::isRegularFile).map(NEW::relativize))
                    .as("files of its own, of which none is there")
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(ROOT.resolve(file)).doesNotExist());
        }
    }

    @Test
    @Tag("campaign")
    void itIsRenderedBuiltAndTested(@TempDir Path copy) throws Exception {
        run(copy, "bash", "-c", "git -C '" + ROOT + "' archive HEAD | tar -x");
        run(copy, "bash", "-c", "cp -R '" + NEW + "'/. .");
        for (var file : edited(copy).entrySet()) {
            Files.writeString(copy.resolve(file.getKey()), file.getValue());
        }
        // There it is no sample any more.
        run(copy, "rm", "-r", ROOT.relativize(SAMPLE).toString());

        run(copy, "make", "render");
        run(
                copy,
                "bash",
                "-c",
                maven() + " -q --batch-mode -T 2 verify -pl routes/e2e,strimzi,helm -am"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dtest='"
                        + "io.orderflow.shipping.*Test,TopologyTest,SchemasTest,EventCodecTest,"
                        + "AsyncApiTest,AsyncApiExamplesTest,ReleasedSchemasTest,"
                        + "ServicesTest,RolesFileTest,BrokerTest,PostgresTest,"
                        + "io.orderflow.strimzi.*Test,io.orderflow.helm.*Test,"
                        + "SameNamesTest,RouteNamesTest,RoomsTest,BoundariesTest,TidyTest,ArchitectureTest,MutantsFitTest,"
                        + "SagaModelTest#everySeedEndsWithTheBooksRight,SmallScopeTest,"
                        + "DeclarationTest,EveryRoleTest,RightsTest,DatabaseRightsTest,InstancesTest#eachServiceRunsAlone'");

        assertThat(reports(copy))
                .contains(
                        "TEST-io.orderflow.shipping.ShippingRoutesTest.xml",
                        "TEST-io.orderflow.e2e.house.EveryRoleTest.xml",
                        "TEST-io.orderflow.e2e.house.SameNamesTest.xml",
                        "TEST-io.orderflow.e2e.model.SagaModelTest.xml");
    }

    /** The edited files below a folder, with what they come to. */
    private static Map<Path, String> edited(Path folder) throws IOException {
        Map<Path, String> edited = new LinkedHashMap<>();
        for (var edit : edits()) {
            var text = edited.computeIfAbsent(edit.file(), file -> read(folder.resolve(file)));
            edited.put(edit.file(), edit.applied(text));
        }
        return edited;
    }

    private static List<Edit> edits() {
        return Stream.of(read(SAMPLE.resolve("edits.txt")).split("\n(?=in )"))
                .skip(1)
                .map(AddedParticipantTest::edit)
                .toList();
    }

    private static Edit edit(String block) {
        var lines = block.lines().toList();
        return new Edit(Path.of(lines.getFirst().substring("in ".length())), behind("-", lines), behind("+", lines));
    }

    private static String behind(String sign, List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith(sign))
                .map(line -> line.length() < 2 ? "" : line.substring(2))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String maven() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "mvn")))
                ? "mvn"
                : "./mvnw";
    }

    private static List<String> reports(Path copy) throws IOException {
        try (var files = Files.walk(copy)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("TEST-"))
                    .collect(Collectors.toCollection(ArrayList::new));
        }
    }

    /** Fails with the end of what the command said. */
    private static void run(Path folder, String... command) throws IOException, InterruptedException {
        var said = Files.createTempFile("participant", ".log");
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        int code = process.waitFor();
        var kept = Path.of("target/participant-" + Path.of(command[0]).getFileName() + ".log");
        Files.move(said, kept, StandardCopyOption.REPLACE_EXISTING);
        var lines = Files.readAllLines(kept);
        assertThat(code)
                .as(
                        "%s:%n%s",
                        String.join(" ", command),
                        String.join("\n", lines.subList(Math.max(0, lines.size() - 60), lines.size())))
                .isZero();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
