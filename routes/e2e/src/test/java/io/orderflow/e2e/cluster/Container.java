package io.orderflow.e2e.cluster;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.testkit.Image;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A container by {@code runc}, as a cluster runs one of ours under the restricted profile: not root, no capability and
 * none to be had, a root file system that nobody can write, a {@code /tmp} of its own, bounded memory. Only the network
 * is this machine's.
 */
final class Container implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int USER = 65532;

    private final Path bundle;
    private final String id = "orderflow-" + UUID.randomUUID();
    private final Path log;
    private final Process process;

    /** What is mounted: a folder of this machine, read-only unless said otherwise. */
    record Mount(Path source, String target, boolean writable) {}

    Container(
            Image image,
            List<String> command,
            Map<String, String> environment,
            List<Mount> mounts,
            long memoryMebibytes) {
        try {
            bundle = Files.createTempDirectory("orderflow-bundle");
            log = Files.createTempFile(Files.createDirectories(Path.of("target", "children")), "Container-", ".log");
            Files.writeString(
                    bundle.resolve("config.json"),
                    JSON.writeValueAsString(specification(image, command, environment, mounts, memoryMebibytes)));
            process = new ProcessBuilder("runc", "run", "--bundle", bundle.toString(), id)
                    .redirectErrorStream(true)
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(log.toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(this::close));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether there is a runc that may make containers. */
    static boolean isPossible() {
        try {
            return Files.isWritable(Path.of("/sys/fs/cgroup"))
                    && new ProcessBuilder("runc", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Map<String, Object> specification(
            Image image,
            List<String> command,
            Map<String, String> environment,
            List<Mount> mounts,
            long memoryMebibytes) {
        var variables = new ArrayList<>(image.environment());
        environment.forEach((name, value) -> variables.add(name + "=" + value));
        var none = List.of();
        Map<String, Object> process = new LinkedHashMap<>();
        process.put("terminal", false);
        process.put("user", Map.of("uid", USER, "gid", USER));
        process.put("args", command);
        process.put("env", variables);
        process.put("cwd", "/tmp");
        process.put(
                "capabilities",
                Map.of("bounding", none, "effective", none, "inheritable", none, "permitted", none, "ambient", none));
        process.put("noNewPrivileges", true);
        List<Map<String, Object>> all = new ArrayList<>(List.of(
                mount("/proc", "proc", "proc", "nosuid", "noexec", "nodev"),
                mount("/dev", "tmpfs", "tmpfs", "nosuid", "mode=755", "size=64k"),
                mount("/tmp", "tmpfs", "tmpfs", "nosuid", "nodev", "mode=1777", "size=64m")));
        for (var mount : mounts) {
            all.add(mount(
                    mount.target(),
                    "bind",
                    mount.source().toAbsolutePath().toString(),
                    "rbind",
                    mount.writable() ? "rw" : "ro"));
        }
        long bytes = memoryMebibytes << 20;
        return Map.of(
                "ociVersion",
                "1.0.2",
                "process",
                process,
                "root",
                Map.of("path", image.root().toAbsolutePath().toString(), "readonly", true),
                "mounts",
                all,
                "linux",
                Map.of(
                        "namespaces",
                        Stream.of("pid", "mount", "ipc")
                                .map(type -> Map.of("type", type))
                                .toList(),
                        "cgroupsPath",
                        "/" + id,
                        "resources",
                        Map.of("memory", Map.of("limit", bytes, "swap", bytes))));
    }

    private static Map<String, Object> mount(String target, String type, String source, String... options) {
        return Map.of("destination", target, "type", type, "source", source, "options", List.of(options));
    }

    private static void run(String... command) throws IOException {
        try {
            var process = new ProcessBuilder(command).inheritIO().start();
            if (process.waitFor() != 0) {
                throw new IOException(String.join(" ", command) + ": exit " + process.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    /** What the kernel says of its first process, {@code /proc/<pid>/<file>}. */
    String kernelSays(String file) {
        try {
            var state = new ProcessBuilder("runc", "state", id).start();
            var pid = JSON.readTree(state.getInputStream()).path("pid").asInt();
            return Files.readString(Path.of("/proc", String.valueOf(pid), file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGTERM to its first process, which runc passes on. */
    void terminate() {
        process.destroy();
    }

    int awaitExit() {
        try {
            if (!process.waitFor(90, TimeUnit.SECONDS)) {
                throw new AssertionError("the container does not end; see " + log);
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            if (process.isAlive()) {
                run("runc", "kill", id, "KILL");
                process.waitFor(10, TimeUnit.SECONDS);
            }
            Files.deleteIfExists(bundle.resolve("config.json"));
            Files.deleteIfExists(bundle);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
