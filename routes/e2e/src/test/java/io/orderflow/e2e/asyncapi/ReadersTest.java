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
        Tools.needPackages(
                folder, "kafkajs@2.2.4", "pg@8.23.1", "@types/pg@8.23.1", "@types/node@24.10.1", "typescript@7.0.2");
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
        var python = folder.resolve("bin/python").toString();
        Tools.need("python3", "-m", "venv", folder.toString());
        Tools.need(
                python, "-m", "pip", "install", "--quiet", "confluent-kafka==2.16.1", "psycopg==3.3.9", "mypy==2.4.1");

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
        Tools.need("go", "-C", folder.toString(), "mod", "init", "reader");
        Tools.need(
                "go",
                "-C",
                folder.toString(),
                "get",
                "github.com/twmb/franz-go@v1.22.3",
                "github.com/jackc/pgx/v5@v5.13.0");
        Tools.need("go", "-C", folder.toString(), "mod", "tidy");

        assertThat(Tools.said("go", "-C", folder.toString(), "vet", "./...")).isEmpty();
    }
}
