package io.orderflow.e2e.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Programs of other languages, which this machine may have or not. */
public final class Tools {

    /** What others have made and our tests run, each to the last package and its hash. */
    private static final Path PACKAGES = Path.of("src/packages").toAbsolutePath();

    /** What is had is not what the files with the hashes name; who cannot reach a registry says none of it. */
    private static final String[] OTHER_THAN_NAMED = {
        "EINTEGRITY", "EUSAGE", "MATCH THE HASHES", "require-hashes mode", "checksum mismatch", "SECURITY ERROR"
    };

    private record Run(int code, String said) {}

    private Tools() {}

    /**
     * Runs what makes a tool ready: the tool itself has to be here, and what it loads to be had. Where it is not, the
     * test is skipped, and says so.
     */
    public static void need(String... command) throws InterruptedException {
        try {
            var run = run(Path.of("."), Map.of(), command);
            assertThat(run.said()).doesNotContain(OTHER_THAN_NAMED);
            if (run.code() != 0) {
                skip(String.join(" ", command) + ": "
                        + run.said().lines().reduce((first, last) -> last).orElse(""));
            }
        } catch (IOException e) {
            skip(e.getMessage());
        }
    }

    /** Has in a folder the packages of npm that one of {@code src/packages} names; none of their scripts runs. */
    public static void needNpm(Path folder, String name) throws IOException, InterruptedException {
        bring(folder, name, "package.json", "package-lock.json");
        need("npm", "ci", "--prefix", folder.toString(), "--ignore-scripts", "--no-audit", "--no-fund");
    }

    /**
     * Has in a folder the packages of Python that one of {@code src/packages} names.
     *
     * @return the Python that finds them
     */
    public static String needPython(Path folder, String name) throws IOException, InterruptedException {
        bring(folder, name, "requirements.txt");
        var python = folder.resolve("venv/bin/python").toString();
        need("python3", "-m", "venv", folder.resolve("venv").toString());
        var requirements = folder.resolve("requirements.txt").toString();
        need(python, "-m", "pip", "install", "--quiet", "--require-hashes", "-r", requirements);
        return python;
    }

    /** Has in a folder the modules of Go that one of {@code src/packages} names. */
    public static void needGo(Path folder, String name) throws IOException, InterruptedException {
        bring(folder, name, "go.mod", "go.sum");
        need("go", "-C", folder.toString(), "mod", "download");
    }

    private static void bring(Path folder, String name, String... files) throws IOException {
        Files.createDirectories(folder);
        for (var file : files) {
            Files.copy(PACKAGES.resolve(name).resolve(file), folder.resolve(file));
        }
    }

    private static void skip(String because) {
        System.out.println("SKIPPED: " + because);
        abort(because);
    }

    /** What a command printed; it has to end well. */
    public static String said(String... command) throws IOException, InterruptedException {
        return said(Path.of("."), Map.of(), command);
    }

    public static String said(Path folder, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        var run = run(folder, environment, command);
        assertThat(run.code())
                .as("%s%n%s", String.join(" ", command), run.said())
                .isZero();
        return run.said();
    }

    /** What a command printed, however it ended; what it says beside that is of no interest. */
    public static String printed(Path folder, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectError(Redirect.DISCARD);
        return run(builder, environment).said();
    }

    private static Run run(Path folder, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        return run(new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true), environment);
    }

    private static Run run(ProcessBuilder builder, Map<String, String> environment)
            throws IOException, InterruptedException {
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes());
        return new Run(process.waitFor(), said);
    }
}
