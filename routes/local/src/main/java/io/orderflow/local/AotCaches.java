package io.orderflow.local;

import io.orderflow.testkit.Folders;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * What the JVMs of a local run know from a {@link Training} of the same build: their classes, loaded and linked, and
 * which of their methods are worth compiling. Each has a file of its own, in a folder that is named by what they are
 * good for, exactly these jars and this JDK: so one of before is never asked for. The JVM looks once more, and goes on
 * without a file that it does not like.
 */
final class AotCaches {

    /** Those whose start somebody waits for. */
    static final Set<String> NAMES = Set.of("kafka", "app");

    private static final int FIRST_JDK = 25;
    private static final int KEY_LENGTH = 16;

    private final Path all;
    private final String key;

    private AotCaches(Path all, String key) {
        this.all = all;
        this.key = key;
    }

    /** Of this JVM's class path, beside its first jar. */
    static AotCaches ofThisBuild() {
        var own = Path.of(AotCaches.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        return of(
                own.resolveSibling("aot"),
                JavaCommand.classPath(),
                Runtime.version().feature());
    }

    static AotCaches of(Path all, List<String> classPath, int jdk) {
        boolean possible = jdk >= FIRST_JDK && classPath.stream().allMatch(entry -> new File(entry).isFile());
        return new AotCaches(all, possible ? key(classPath) : null);
    }

    /** The JVM takes none for classes in folders, and older ones have none. */
    boolean arePossible() {
        return key != null;
    }

    boolean areThere() {
        return arePossible() && NAMES.stream().allMatch(name -> Files.exists(file(folder(), name)));
    }

    /** The options of a JVM that starts with what is known of it. */
    List<String> using(String name) {
        return arePossible() && Files.exists(file(folder(), name))
                ? List.of("-XX:AOTCache=" + file(folder(), name))
                : List.of();
    }

    /** Forgets what is known of a JVM that has died while it started, in case that was the reason. */
    void distrust(String name) {
        try {
            if (arePossible()) {
                Files.deleteIfExists(file(folder(), name));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes room for new ones, and returns the folder for what is needed meanwhile. */
    Path begin() throws IOException {
        Folders.delete(all);
        Files.createDirectories(unfinished());
        return all.resolve("run");
    }

    /** The options of a JVM that is to leave behind what it has learned. */
    List<String> making(String name) {
        return NAMES.contains(name) ? learning(file(unfinished(), name)) : List.of();
    }

    /** Without adapters: a JVM of 25 takes some of its own for wrong ones, and says so at every start. */
    static List<String> learning(Path file) {
        return List.of(
                "-XX:AOTCacheOutput=" + file,
                "-XX:+UnlockDiagnosticVMOptions",
                "-XX:-AOTAdapterCaching",
                "-XX:-AOTStubCaching");
    }

    /** From now on they are used. */
    void finish() throws IOException {
        for (var name : NAMES) {
            if (!Files.exists(file(unfinished(), name))) {
                throw new Refused(name + " has left nothing behind (expected: " + file(unfinished(), name) + ")");
            }
        }
        Files.move(unfinished(), folder(), StandardCopyOption.ATOMIC_MOVE);
        Folders.delete(all.resolve("run"));
    }

    private Path folder() {
        return all.resolve(key);
    }

    private Path unfinished() {
        return all.resolve(key + ".unfinished");
    }

    private static Path file(Path folder, String name) {
        return folder.resolve(name + ".aot");
    }

    private static String key(List<String> classPath) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            add(digest, System.getProperty("java.home") + System.getProperty("java.vm.version"));
            for (var entry : classPath) {
                var jar = new File(entry);
                add(digest, jar + " " + jar.length() + " " + jar.lastModified());
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, KEY_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void add(MessageDigest digest, String text) {
        digest.update((text + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
