package io.orderflow.e2e.house;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.e2e.shop.Shop;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Does what the README and the page about tokens say, in a copy of the repository: every {@code sh} block in order,
 * and what it prints is compared with the {@code text} or {@code json} block that follows.
 * Ids and times may differ, three dots stand for anything, and a block that only looks is repeated until it shows what
 * the page shows.
 */
@Tag("campaign")
class ReadmeTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();
    private static final List<String> PAGES = List.of("README.md", "docs/security.md");
    private static final Pattern FENCE = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");

    @TempDir
    private Path copy;

    private Process running;

    /** A block of commands with what it prints, or null where the README does not say. */
    private record Step(String commands, String output) {

        private boolean runsOn() {
            return commands.strip().matches("make run( TOKENS=1)?");
        }

        private boolean onlyLooks() {
            return !Pattern.compile("-X|-d|--data|make|POST|PUT")
                    .matcher(commands)
                    .find();
        }
    }

    @Test
    void everyCommandShowsWhatTheReadmeShows() throws Exception {
        Assumptions.assumeTrue(Files.exists(ROOT.resolve("README.md")));
        copyRepository();
        try {
            for (var step : steps()) {
                if (step.runsOn()) {
                    start(step);
                } else {
                    carryOut(step);
                }
            }
        } finally {
            stop();
        }
    }

    private static List<Step> steps() throws IOException {
        var steps = new ArrayList<Step>();
        var text = new StringBuilder();
        for (var page : PAGES) {
            text.append(Files.readString(ROOT.resolve(page))).append('\n');
        }
        var fences = FENCE.matcher(text);
        String commands = null;
        while (fences.find()) {
            switch (fences.group(1)) {
                case "sh" -> {
                    if (commands != null) {
                        steps.add(new Step(commands, null));
                    }
                    commands = fences.group(2);
                }
                case "text", "json" -> {
                    if (commands != null) {
                        steps.add(new Step(commands, fences.group(2)));
                        commands = null;
                    }
                }
                default -> {}
            }
        }
        if (commands != null) {
            steps.add(new Step(commands, null));
        }
        assertThat(steps).isNotEmpty();
        return steps;
    }

    private void start(Step step) throws IOException {
        var log = copy.resolve("make-run.log");
        running = shell(step.commands()).redirectOutput(log.toFile()).start();
        await().atMost(10, TimeUnit.MINUTES).untilAsserted(() -> {
            assertThat(running.isAlive()).as(Files.readString(log)).isTrue();
            assertShows(Files.readString(log), step.output());
        });
    }

    private void carryOut(Step step) throws Exception {
        if (step.onlyLooks()) {
            await().atMost(Shop.PATIENCE).untilAsserted(() -> assertShows(run(step.commands()), step.output()));
        } else {
            assertShows(run(step.commands()), step.output());
        }
    }

    private String run(String commands) throws IOException, InterruptedException {
        var process = shell(commands).start();
        var output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(commands + "\n" + output).isZero();
        return output;
    }

    /** Errors are part of what a reader sees. */
    private ProcessBuilder shell(String commands) {
        var shell = new ProcessBuilder("bash", "-eo", "pipefail", "-c", commands)
                .directory(copy.toFile())
                .redirectErrorStream(true);
        // A make that runs these tests is not the reader's: it would let each of the README's say where it works.
        shell.environment().keySet().removeIf(name -> name.startsWith("MAKE") || name.equals("MFLAGS"));
        return shell;
    }

    private static void assertShows(String printed, String shown) {
        if (shown == null) {
            return;
        }
        var expected = new StringBuilder("(?s).*?");
        for (var line : normal(shown).split("\n")) {
            expected.append(Arrays.stream(line.split("\\.\\.\\.", -1))
                            .map(Pattern::quote)
                            .collect(joining(".*?")))
                    .append("\\s*");
        }
        assertThat(normal(printed)).matches(expected.append(".*").toString());
    }

    /** Without what differs from run to run. */
    private static String normal(String text) {
        return text.replaceAll("\\x1b\\[[0-9;]*m", "")
                .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<id>")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "<time>")
                .replaceAll("\\d+(\\.\\d+)? (s|ms)\\b", "<time>")
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .reduce("", (all, line) -> all + line + "\n");
    }

    private void copyRepository() throws IOException, InterruptedException {
        var git = new ProcessBuilder("git", "ls-files", "--cached", "--others", "--exclude-standard")
                .directory(ROOT.toFile())
                .start();
        for (var name : new String(git.getInputStream().readAllBytes()).split("\n")) {
            if (Files.isRegularFile(ROOT.resolve(name))) {
                Files.createDirectories(copy.resolve(name).getParent());
                Files.copy(ROOT.resolve(name), copy.resolve(name));
            }
        }
        assertThat(git.waitFor()).isZero();
    }

    private void stop() throws InterruptedException {
        if (running != null) {
            running.descendants().forEach(ProcessHandle::destroy);
            running.destroy();
            assertThat(running.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }
}
