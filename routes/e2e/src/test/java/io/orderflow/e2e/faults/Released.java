package io.orderflow.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/** The last release, built from the commit that the changelog names. */
final class Released {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();
    private static final Pattern COMMIT = Pattern.compile("(?m)^Commit: ([0-9a-f]{40})$");

    private Released() {}

    /** Its class path; where there is none to build, the test is skipped with the reason. */
    static String classPath() throws IOException, InterruptedException {
        var commit = System.getProperty("released.commit", newest(Files.readString(ROOT.resolve("CHANGELOG.md"))));
        Assumptions.assumeFalse(commit.isEmpty(), "CHANGELOG.md names no commit of a release yet");
        Assumptions.assumeTrue(
                run(ROOT, "git cat-file -e " + commit + "^{commit}").isEmpty(),
                "commit " + commit + " of the last release is not in this clone (git fetch --unshallow)");
        var folder = Path.of("target", "released", commit).toAbsolutePath();
        var built = folder.resolve("routes/local/target");
        if (!Files.exists(built.resolve(".built"))) {
            Files.createDirectories(folder);
            assertThat(run(ROOT, "git archive " + commit + " | tar -x -C " + folder))
                    .isEmpty();
            var printed = run(folder, "make routes/local/target/.built");
            assertThat(built.resolve(".built")).as(printed).exists();
        }
        return built.resolve("classes") + File.pathSeparator + built.resolve("lib") + "/*";
    }

    /** The commit of the first release in the changelog, which is the newest; empty where there is none. */
    static String newest(String changelog) {
        var found = COMMIT.matcher(changelog);
        return found.find() ? found.group(1) : "";
    }

    /** What it prints. */
    private static String run(Path folder, String command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("bash", "-c", command)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        // A make that runs these tests is not the release's.
        builder.environment().keySet().removeIf(name -> name.startsWith("MAKE") || name.equals("MFLAGS"));
        var process = builder.start();
        var printed = new String(process.getInputStream().readAllBytes());
        process.waitFor();
        return printed;
    }
}
