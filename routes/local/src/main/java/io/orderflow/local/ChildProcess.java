package io.orderflow.local;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A server in a JVM of its own, started again whenever it dies. It ends when the pipe to its standard input ends, so it never outlives the supervisor, however that went.
 */
final class ChildProcess {

    /** Ctrl-C reaches all of a terminal's processes at once; only the supervisor may act on it, for it knows in which order they end. The database listens to it anyway, unless it leaves the terminal. */
    private static final List<String> DEAF_TO_THE_TERMINAL =
            List.of("sh", "-c", "trap '' INT HUP; exec $(command -v setsid) \"$0\" \"$@\"");

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Place place;
    private final String name;
    private final List<String> command;
    private Process process;
    private boolean stopping;

    ChildProcess(Place place, String name, List<String> command) {
        this.place = place;
        this.name = name;
        this.command =
                Stream.concat(DEAF_TO_THE_TERMINAL.stream(), command.stream()).toList();
    }

    synchronized ChildProcess start() {
        if (stopping) {
            return this;
        }
        try {
            Files.createDirectories(place.log(name).getParent());
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(
                            ProcessBuilder.Redirect.appendTo(place.log(name).toFile()))
                    .start();
            Files.writeString(place.pid(name), process.pid() + "\n");
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
                name + " ended (" + ended.exitValue() + ", see " + place.log(name) + "); it is started again");
        try {
            Thread.sleep(PAUSE);
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
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            Files.deleteIfExists(place.pid(name));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new IllegalStateException(place.pid(name) + ": cannot be deleted", e);
        }
    }
}
