package io.orderflow.bench.machine;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A Java process that ends with this one. */
public final class Running implements AutoCloseable {

    private final String name;
    private final Process process;
    private final BufferedReader said;
    private final OutputStream told;

    private Running(String name, Process process) {
        this.name = name;
        this.process = process;
        this.said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        this.told = process.getOutputStream();
    }

    /** On the class path of this one. */
    public static Running start(String name, Path log, List<String> options, Class<?> main, List<String> arguments)
            throws IOException {
        return start(name, log, options, System.getProperty("java.class.path"), main.getName(), arguments);
    }

    /** On a class path of its own. */
    public static Running start(
            String name, Path log, List<String> options, String classPath, String main, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(List.of(
                "-XX:+UseSerialGC",
                // A compiler thread that ends would take its processor time out of the account.
                "-XX:-UseDynamicNumberOfCompilerThreads",
                "-XX:+IgnoreUnrecognizedVMOptions",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED"));
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(arguments);
        return new Running(
                name,
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                        .start());
    }

    /** Waits until it says a line that begins so. */
    public Running await(String beginning) throws IOException {
        for (var line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith(beginning)) {
                return this;
            }
        }
        throw new IllegalStateException(name + ": ended before it said: " + beginning);
    }

    /** Says a line to it. */
    public void tell(String line) throws IOException {
        told.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        told.flush();
    }

    /** What it says from now on goes nowhere, so that it may say it. */
    public Running unheard() {
        Thread.ofVirtual().start(() -> said.lines().forEach(line -> {}));
        return this;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Lets it sleep where it stands. */
    public void suspend() throws IOException, InterruptedException {
        signal("-STOP");
    }

    /** Lets it go on. */
    public void resume() throws IOException, InterruptedException {
        signal("-CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        int code = new ProcessBuilder("kill", signal, String.valueOf(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException(name + ": kill " + signal + " ended with " + code);
        }
    }

    /** {@code kill -9}, and waits until it is gone. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(40, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
