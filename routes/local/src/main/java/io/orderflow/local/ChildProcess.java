package io.orderflow.local;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
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
    static final List<String> SIGNAL_PROOF_LAUNCHER =
            List.of("sh", "-c", "trap '' INT HUP; exec $(command -v setsid) \"$0\" \"$@\"");

    private static final Duration RESTART_PAUSE = Duration.ofSeconds(1);

    private final Layout layout;
    private final String name;
    private final Command command;
    private final Kind kind;
    private Process process;
    private boolean stopping;
    private boolean away;

    /** What is started, each time anew. */
    @FunctionalInterface
    interface Command {
        List<String> line();
    }

    /**
     * What the children of a run have in common.
     *
     * @param launcher what starts each of them
     * @param options further options of its JVM, by its name; asked for at each start
     * @param ended hears the name of one that has ended unasked, before it is started again
     * @param toStart how long all of them may take to be there
     * @param toStop how long each may take to end by itself
     */
    record Kind(
            List<String> launcher,
            Function<String, List<String>> options,
            Consumer<String> ended,
            Duration toStart,
            Duration toStop) {}

    ChildProcess(Layout layout, String name, Command command, Kind kind) {
        this.layout = layout;
        this.name = name;
        this.command = command;
        this.kind = kind;
    }

    String name() {
        return name;
    }

    synchronized ChildProcess start() {
        if (stopping || away) {
            return this;
        }
        try {
            Files.createDirectories(layout.log(name).getParent());
            process = new ProcessBuilder(Stream.concat(kind.launcher().stream(), command.line().stream())
                            .toList())
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
            if (stopping || away || ended != process) {
                return;
            }
        }
        System.out.println(
                name + " ended (" + ended.exitValue() + ", see " + layout.log(name) + "); it is started again");
        kind.ended().accept(name);
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

    /** Ends it by force; whatever it has started as well. */
    void kill() {
        mayEnd();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** Has it end, and leaves it so until it is brought back. */
    synchronized void takeAway() {
        away = true;
        process.destroy();
    }

    /** Starts it again, once it has ended. */
    synchronized void bringBack() throws InterruptedException {
        awaitEnd();
        away = false;
        start();
    }

    private void awaitEnd() throws InterruptedException {
        if (!process.waitFor(kind.toStop().toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    /** Stops it properly, or after a while by force, and waits for its end. */
    void stop() {
        mayEnd();
        if (process == null) {
            return;
        }
        process.destroy();
        try {
            awaitEnd();
            Files.deleteIfExists(layout.pid(name));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new IllegalStateException(layout.pid(name) + ": cannot be deleted", e);
        }
    }
}
