package io.orderflow.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AotCachesTest {

    private static final int JDK = 25;

    @TempDir
    private Path folder;

    private Path jar;

    /** What is started: a program of one class. */
    static final class Greeting {

        public static void main(String[] arguments) {
            System.out.println("good day");
            Runtime.getRuntime().halt(0); // as the services end
        }
    }

    @BeforeEach
    void packGreeting() throws IOException {
        jar = folder.resolve("greeting.jar");
        var name = Greeting.class.getName().replace('.', '/') + ".class";
        try (var out = new JarOutputStream(Files.newOutputStream(jar));
                var in = Greeting.class.getClassLoader().getResourceAsStream(name)) {
            out.putNextEntry(new JarEntry(name));
            in.transferTo(out);
        }
    }

    @Test
    void whatWasMadeIsUsedByTheSameBuildAlone() throws IOException {
        var caches = caches();
        assertThat(caches.areThere()).isFalse();
        assertThat(caches.using("app")).isEmpty();
        make(caches);

        assertThat(caches.areThere()).isTrue();
        assertThat(caches.using("app")).singleElement().asString().startsWith("-XX:AOTCache=" + folder);
        assertThat(caches().using("app")).isEqualTo(caches.using("app"));
        assertThat(caches.using("smtp")).isEmpty();
        Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
        assertThat(caches().areThere()).as("another build").isFalse();
        assertThat(caches().using("app")).isEmpty();
    }

    @Test
    void theJvmIsAskedForNoneWhereItHasNone() {
        assertThat(AotCaches.of(folder.resolve("aot"), List.of(jar.toString()), 24)
                        .arePossible())
                .isFalse();
        assertThat(AotCaches.of(folder.resolve("aot"), List.of(folder.toString()), JDK)
                        .arePossible())
                .isFalse();
        assertThat(caches().arePossible()).isTrue();
    }

    @Test
    void aTrainingThatLeavesNothingBehindIsNone() throws IOException {
        var caches = caches();
        caches.begin();

        assertThatThrownBy(caches::finish).isInstanceOf(Refused.class).hasMessageContaining("left nothing behind");
        assertThat(caches.areThere()).isFalse();
    }

    @Test
    void whatIsKnownOfOneThatDiedWhileItStartedIsForgotten() throws IOException {
        var caches = caches();
        make(caches);

        caches.distrust("app");

        assertThat(caches.using("app")).isEmpty();
        assertThat(caches.using("kafka")).isNotEmpty();
    }

    @Test
    void aJvmThatIsHaltedLeavesItsClassesBehindAndTheNextOneTakesThem() throws Exception {
        assumeTrue(Runtime.version().feature() >= JDK, "JDK 25");
        var file = learned();

        assertThat(start(jar, "-XX:AOTCache=" + file, "-Xlog:class+load"))
                .anyMatch(line -> line.contains(Greeting.class.getName()) && line.contains("shared objects file"))
                .contains("good day");
    }

    @Test
    void aJvmStartsWithoutWhatItCannotUse() throws Exception {
        assumeTrue(Runtime.version().feature() >= JDK, "JDK 25");
        var file = learned();
        var half = folder.resolve("half.aot");
        Files.write(half, Arrays.copyOf(Files.readAllBytes(file), (int) Files.size(file) / 2));
        var broken = Files.writeString(folder.resolve("broken.aot"), "nothing of the kind");
        var another = Files.copy(jar, folder.resolve("another.jar"));
        Files.write(another, new byte[] {0}, StandardOpenOption.APPEND);

        for (var wrong : List.of(half, broken, folder.resolve("none.aot"))) {
            assertThat(start(jar, "-XX:AOTCache=" + wrong)).as(wrong.toString()).contains("good day");
        }
        assertThat(start(another, "-XX:AOTCache=" + file)).contains("good day");
    }

    private AotCaches caches() {
        return AotCaches.of(folder.resolve("aot"), List.of(jar.toString()), JDK);
    }

    private static void make(AotCaches caches) throws IOException {
        Files.createDirectories(caches.begin());
        for (var name : AotCaches.NAMES) {
            var option = caches.making(name).getFirst();
            Files.writeString(Path.of(option.substring(option.indexOf('=') + 1)), "learned");
        }
        caches.finish();
    }

    private Path learned() throws Exception {
        var file = folder.resolve("greeting.aot");
        start(jar, AotCaches.learning(file).toArray(String[]::new));
        assertThat(file).isNotEmptyFile();
        return file;
    }

    private static List<String> start(Path jar, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of(JavaCommand.program(), "-Xmx64m", "-XX:+UseSerialGC"));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", jar.toString(), Greeting.class.getName()));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var lines = process.inputReader().lines().toList();
        assertThat(process.waitFor()).as(lines.toString()).isZero();
        return lines;
    }
}
