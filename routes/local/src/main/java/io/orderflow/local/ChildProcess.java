package io.orderflow.local;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A server in a JVM of its own, started again whenever it dies. It ends by itself when the supervisor, by ending or by
 * dying, closes the pipe to its standard input: so it never outlives the supervisor.
 */
final class ChildProcess {

    /**
     * Starts the rest of the command line as a process that Ctrl-C does not end. The terminal sends Ctrl-C to all of
     * its processes at once, but only the supervisor knows in which order the children must end. PostgreSQL sets its
     * own handler for the signal, so that ignoring it is not enough: {@code setsid} takes the process out of the
     * terminal.
     */
    private static final List<String> SIGNAL_PROOF_LAUNCHER =
            List.of("sh", "-c", "trap '' INT HUP; exec $(command -v setsid) \"$0\" \"$@\"");

    private static final Duration RESTART_PAUSE = Duration.ofSeconds(1);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(40);

    private final Layout layout;
    private final String name;
    private final List<String> command;
    private Process process;
    private boolean stopping;

    ChildProcess(Layout layout, String name, List<String> command) {
        this.layout = layout;
        this.name = name;
        this.command =
                Stream.concat(SIGNAL_PROOF_LAUNCHER.stream(), command.stream()).toList();
    }

    synchronized ChildProcess start() {
        if (stopping) {
            return this;
        }
        try {
            Files.createDirectories(layout.log(name).getParent());
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(layout.log(name).toFile()))
                    .start();
            Files.writeString(layout.pid(name), process.pid() + "\n");
        } catch (IOException e) {
            throw new IllegalStateException(name + ": cannot be started", e);
        }
        process.onExit().thenAccept(this::ended);
        return this;
    }

    private void ended(Process ended) {
        synchronized (this) {
            if (stopping) {
                return;
            }
        }
        System.out.println(
                name + " ended (" + ended.exitValue() + ", see " + layout.log(name) + "); it is started again");
        try {
            Thread.sleep(RESTART_PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        start();
    }

    /** From now on its end is no reason to start it again. */
    synchronized void mayEnd() {
        stopping = true;
    }

    /** Stops it properly, or after a while by force, and waits for its end. */
    void stop() {
        mayEnd();
        if (process == null) {
            return;
        }
        process.destroy();
        try {
            if (!process.waitFor(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            Files.deleteIfExists(layout.pid(name));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new IllegalStateException(layout.pid(name) + ": cannot be deleted", e);
        }
    }
}
