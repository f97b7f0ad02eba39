package io.orderflow.e2e.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code make release}, in a repository of its own that has this one's poms, README and changelog. */
class ReleaseTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();
    private static final String RELEASE = "routes/e2e/src/release/Release.java";
    private static final String SCHEMA = "routes/contracts/src/main/resources/schemas/OrderCreated.json";
    private static final String VERSION = "7.8.9";

    @TempDir
    private Path copy;

    private String output;

    @BeforeEach
    void copyWhatHasAVersion() throws Exception {
        var pom = Files.readString(ROOT.resolve("pom.xml"));
        var version = pom.replaceFirst("(?s).*?<artifactId>orderflow</artifactId>\\s*<version>([^<]+)<.*", "$1");
        List<String> files = new ArrayList<>(List.of("README.md", "CHANGELOG.md", RELEASE, SCHEMA));
        files.addAll(poms());
        for (var file : files) {
            var text = Files.readString(ROOT.resolve(file))
                    .replace("<version>" + version + "</version>", "<version>7.8.9-SNAPSHOT</version>")
                    .replace("**State:** " + version, "**State:** 7.8.9-SNAPSHOT")
                    .replace("## Unreleased\n", "## Unreleased\n\n- Something new.\n");
            Files.createDirectories(copy.resolve(file).getParent());
            Files.writeString(copy.resolve(file), text);
        }
        git("init", "--quiet");
        git("add", "--all");
        git("commit", "--quiet", "--message", "Before");
    }

    @Test
    void aReleaseIsACommitWithItsTagAndTheNextSnapshotBehindIt() throws Exception {
        assertThat(release(VERSION, "echo rendered > rendered.txt", "true"))
                .as(output)
                .isZero();

        assertThat(git("log", "--format=%s").lines())
                .containsExactly("Begin 7.9.0-SNAPSHOT", "Release 7.8.9", "Before");
        var released = git("rev-parse", "v7.8.9^{commit}").strip();
        assertThat(released).isEqualTo(git("rev-parse", "HEAD~1").strip());
        assertThat(git("status", "--porcelain")).isEmpty();
        for (var pom : poms()) {
            assertThat(git("show", "v7.8.9:" + pom)).as(pom).contains("<version>7.8.9</version>");
            assertThat(git("show", "HEAD:" + pom)).as(pom).contains("<version>7.9.0-SNAPSHOT</version>");
        }
        assertThat(git("show", "v7.8.9:README.md")).contains("**State:** 7.8.9 ");
        assertThat(git("show", "v7.8.9:rendered.txt")).as("what is derived").isNotBlank();
        assertThat(git("show", "v7.8.9:routes/messaging/src/test/resources/golden/7.8.9/schemas/OrderCreated.json"))
                .as("by what it is read")
                .isEqualTo(Files.readString(ROOT.resolve(SCHEMA)));
        assertThat(git("show", "HEAD:CHANGELOG.md"))
                .containsPattern("## Unreleased\n\n## 7\\.8\\.9 - \\d{4}-\\d\\d-\\d\\d\n\nCommit: " + released
                        + "\n\n- Something new\\.");
    }

    @Test
    void whatIsNotReadyIsRefusedAndLeftAsItWas() throws Exception {
        refuses("7.8", "VERSION: 7.8 (expected: three numbers");
        refuses("7.8.8", "VERSION: 7.8.8 (expected: 7.8.9 or later)");
        assertThat(release(VERSION, "true", "false")).isEqualTo(2);
        assertThat(output).contains("false: fails");
        git("tag", "v7.8.9");
        refuses(VERSION, "VERSION: 7.8.9 (expected: one that is not tagged yet)");
        git("tag", "--delete", "v7.8.9");
        assertThat(git("status", "--porcelain")).isEmpty();
        assertThat(git("log", "--format=%s").lines()).containsExactly("Before");

        Files.writeString(copy.resolve("README.md"), "changed");
        refuses(VERSION, "uncommitted changes (expected: none, git status)");
    }

    private void refuses(String version, String because) throws Exception {
        assertThat(release(version, "true", "true")).as(version).isEqualTo(2);
        assertThat(output).contains(because);
    }

    private static List<String> poms() throws Exception {
        return run(ROOT, "git", "ls-files", "pom.xml", "*/pom.xml").lines().toList();
    }

    private int release(String version, String render, String fit) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = started(copy, java, RELEASE, version, render, fit);
        output = new String(process.getInputStream().readAllBytes());
        return process.waitFor();
    }

    private String git(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(Arrays.asList(arguments));
        return run(copy, command.toArray(String[]::new));
    }

    private static String run(Path folder, String... command) throws Exception {
        var process = started(folder, command);
        var printed = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor())
                .as(String.join(" ", command) + "\n" + printed)
                .isZero();
        return printed;
    }

    private static Process started(Path folder, String... command) throws IOException {
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        var who = builder.environment();
        for (var name : List.of("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL")) {
            who.put(name, "test@example.com");
        }
        return builder.start();
    }
}
