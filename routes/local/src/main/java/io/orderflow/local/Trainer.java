package io.orderflow.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The {@link Training} of a build in the background, in a JVM of its own, with what the processors have left. It ends
 * with the supervisor, whether it is done or not; then the next run tries again.
 */
final class Trainer {

    /** A session of its own is a group of its own for Linux, whose processes are nice to each other alone. */
    private static final List<String> LAUNCHER = List.of(
            "sh",
            "-c",
            "exec $(command -v setsid) sh -c '"
                    + "trap \"\" INT HUP; echo 19 > /proc/self/autogroup; exec nice -n 19 \"$0\" \"$@\"'"
                    + " \"$0\" \"$@\"");

    private static final int PATIENCE_SECONDS = 20;

    private final Process process;
    private volatile boolean stopping;

    private Trainer(Process process) {
        this.process = process;
    }

    /** @param done told, when it has ended by itself, whether it has done what it was to do */
    static Trainer start(Layout layout, Ended done) {
        var command = JavaCommand.with(
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dlogback.configurationFile=logback-local.xml");
        command.add(TrainingChild.class.getName());
        try {
            var process = new ProcessBuilder(
                            Stream.concat(LAUNCHER.stream(), command.stream()).toList())
                    .redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.to(layout.log("training").toFile()))
                    .start();
            var trainer = new Trainer(process);
            process.onExit().thenAccept(ended -> {
                if (!trainer.stopping) {
                    done.accept(ended.exitValue() == 0);
                }
            });
            return trainer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Who hears of its end. */
    @FunctionalInterface
    interface Ended {
        void accept(boolean well);
    }

    void stop() {
        stopping = true;
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
