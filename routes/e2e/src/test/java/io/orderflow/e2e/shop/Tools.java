package io.orderflow.e2e.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

/** Programs of other languages, which this machine may have or not. */
public final class Tools {

    private record Run(int code, String said) {}

    private Tools() {}

    /**
     * Runs what makes a tool ready: the tool itself has to be here, and what it loads to be had. Where it is not, the
     * test is skipped, and says so.
     */
    public static void need(String... command) throws InterruptedException {
        try {
            var run = run(Path.of("."), Map.of(), command);
            if (run.code() != 0) {
                skip(String.join(" ", command) + ": "
                        + run.said().lines().reduce((first, last) -> last).orElse(""));
            }
        } catch (IOException e) {
            skip(e.getMessage());
        }
    }

    /** Has these packages of npm in a folder, each {@code name@version}; none of their scripts runs. */
    public static void needPackages(Path folder, String... packages) throws InterruptedException {
        var install = Stream.of(
                "npm", "install", "--prefix", folder.toString(), "--ignore-scripts", "--no-audit", "--no-fund");
        need(Stream.concat(install, Stream.of(packages)).toArray(String[]::new));
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
