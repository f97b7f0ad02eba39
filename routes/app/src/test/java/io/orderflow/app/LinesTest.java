package io.orderflow.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** What runs stands on the lines that decision 32 names, and on no others. */
class LinesTest {

    private static final Path DECISION = Path.of("../../docs/adr/0032-lines-that-are-maintained.md");
    private static final Path WEEKLY = Path.of("../../.github/workflows/lines.yml");
    private static final Path WHAT_RUNS = Path.of("target/what-runs");

    /** {@code group} and line, as in the decision's table. */
    private static final Pattern LINE = Pattern.compile("`([a-z0-9.-]+)` ([0-9]+\\.[0-9]+)");

    private static final Pattern ARTIFACT = Pattern.compile("\\s*([^:\\s]+):([^:]+):jar:([^:]+):(?:compile|runtime).*");

    private record Artifact(String group, String name, String version) {

        boolean isOf(String line) {
            return version.equals(line) || version.startsWith(line + ".");
        }
    }

    @Test
    void whatRunsIsOfTheLinesThatAreNamed() throws IOException {
        assertThat(unnamed(whatRuns(), lines())).isEmpty();
    }

    @Test
    void whatIsNamedRuns() throws IOException {
        assertThat(lines().keySet())
                .containsExactlyInAnyOrderElementsOf(
                        whatRuns().stream().map(Artifact::group).distinct().toList());
    }

    @Test
    void aGroupThatNobodyNamedAndALineThatIsAnotherAreFound() throws IOException {
        var planted = Stream.concat(
                whatRuns().stream(),
                Stream.of(
                        new Artifact("org.example", "unheard-of", "1.0"),
                        new Artifact("org.apache.camel", "camel-micrometer", "4.18.0"),
                        new Artifact("org.springframework.boot", "spring-boot", "4.10.0")));

        assertThat(unnamed(planted.toList(), lines()))
                .extracting(Artifact::name)
                .containsExactly("unheard-of", "camel-micrometer", "spring-boot");
    }

    @Test
    void whatReadsJsonIsOfOneVersion() throws IOException {
        assertThat(whatRuns().stream()
                        .filter(artifact -> artifact.group().startsWith("com.fasterxml.jackson"))
                        // Both majors share it, and it has no patches.
                        .filter(artifact -> !artifact.name().equals("jackson-annotations"))
                        .map(Artifact::version)
                        .distinct())
                .hasSize(1);
    }

    @Test
    void theWeeklyJobFailsOverALineThatEndsSoonAndOverATableThatItCannotRead(@TempDir Path folder) throws Exception {
        var lastDay = Pattern.compile("(?<=\\| )20[0-9]{2}-[0-9]{2}-[0-9]{2}(?= \\|)");
        var decision = lastDay.matcher(Files.readString(DECISION));

        assertThat(weekly(
                        folder, decision.replaceAll(LocalDate.now().plusDays(61).toString())))
                .isEqualTo("0:");
        assertThat(weekly(
                        folder,
                        decision.replaceFirst(LocalDate.now().plusDays(59).toString())))
                .startsWith("1:::error::")
                .contains("is supported until " + LocalDate.now().plusDays(59));
        assertThat(weekly(folder, "no table")).isEqualTo("1:::error::no dates found\n");
    }

    /** The exit code and the output of the job's first step, run over a decision. */
    private static String weekly(Path folder, String decision) throws Exception {
        Files.createDirectories(folder.resolve("docs/adr"));
        Files.writeString(folder.resolve("docs/adr").resolve(DECISION.getFileName()), decision);
        Map<String, Object> workflow = new Yaml().load(Files.readString(WEEKLY));
        var step = new ObjectMapper()
                .valueToTree(workflow)
                .at("/jobs/dates/steps/1/run")
                .asText();
        var job = new ProcessBuilder("bash", "-ec", step)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        var said = new String(job.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return job.waitFor() + ":" + said;
    }

    private static List<Artifact> unnamed(List<Artifact> artifacts, Map<String, String> lines) {
        return artifacts.stream()
                .filter(artifact -> !lines.containsKey(artifact.group()) || !artifact.isOf(lines.get(artifact.group())))
                .toList();
    }

    private static Map<String, String> lines() throws IOException {
        var lines = new TreeMap<String, String>();
        var line = LINE.matcher(Files.readString(DECISION));
        while (line.find()) {
            lines.put(line.group(1), line.group(2));
        }
        return lines;
    }

    private static List<Artifact> whatRuns() throws IOException {
        try (var lines = Files.lines(WHAT_RUNS)) {
            return lines.map(ARTIFACT::matcher)
                    .filter(artifact -> artifact.matches() && !artifact.group(1).equals("io.orderflow"))
                    .map(artifact -> new Artifact(artifact.group(1), artifact.group(2), artifact.group(3)))
                    .toList();
        }
    }
}
