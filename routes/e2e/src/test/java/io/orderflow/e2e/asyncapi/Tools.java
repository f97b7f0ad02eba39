package io.orderflow.e2e.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Programs of other languages, which this machine may have or not. */
final class Tools {

    private record Run(int code, String said) {}

    private Tools() {}

    /**
     * Runs what makes a tool ready: the tool itself has to be here, and what it loads to be had. Where it is not, the
     * test is skipped, and says so.
     */
    static void need(String... command) throws InterruptedException {
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

    private static void skip(String because) {
        System.out.println("SKIPPED: " + because);
        abort(because);
    }

    /** What a command printed; it has to end well. */
    static String said(String... command) throws IOException, InterruptedException {
        return said(Path.of("."), Map.of(), command);
    }

    static String said(Path folder, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        var run = run(folder, environment, command);
        assertThat(run.code())
                .as("%s%n%s", String.join(" ", command), run.said())
                .isZero();
        return run.said();
    }

    private static Run run(Path folder, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes());
        return new Run(process.waitFor(), said);
    }
}
