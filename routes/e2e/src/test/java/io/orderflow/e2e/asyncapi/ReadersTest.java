package io.orderflow.e2e.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.e2e.shop.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The readers of {@code docs/examples} in other languages than Java, as the checkers of their languages see them, where
 * these are here. They are not run.
 */
@Tag("campaign")
class ReadersTest {

    private static final Path EXAMPLES =
            Path.of("../../docs/examples").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    @Test
    void typeScriptIsStrict() throws Exception {
        Tools.needNpm(folder, "readers");
        Files.copy(EXAMPLES.resolve("reader.ts"), folder.resolve("reader.ts"));

        assertThat(Tools.said(
                        folder,
                        Map.of(),
                        folder.resolve("node_modules/.bin/tsc").toString(),
                        "--noEmit",
                        "--strict",
                        "--target",
                        "es2022",
                        "--module",
                        "nodenext",
                        "--types",
                        "node",
                        "reader.ts"))
                .isEmpty();
    }

    @Test
    void pythonIsStrict() throws Exception {
        var python = Tools.needPython(folder, "readers");

        assertThat(Tools.said(
                        python,
                        "-m",
                        "mypy",
                        "--strict",
                        EXAMPLES.resolve("reader.py").toString()))
                .contains("no issues found");
    }

    @Test
    void goIsVetted() throws Exception {
        Files.copy(EXAMPLES.resolve("reader.go"), folder.resolve("reader.go"));
        Tools.needGo(folder, "readers");

        assertThat(Tools.said("go", "-C", folder.toString(), "vet", "./...")).isEmpty();
    }
}
