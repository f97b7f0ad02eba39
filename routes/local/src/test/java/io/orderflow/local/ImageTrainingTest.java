package io.orderflow.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images whose Java cannot be trained here are built without what it would learn. */
class ImageTrainingTest {

    @TempDir
    private Path folder;

    @Test
    void aJavaThatIsTooOldLearnsNothing() throws Exception {
        assertThat(ImageTraining.whyNot(java("echo 'openjdk version \"21.0.1\" 2023-10-17'")))
                .contains("the base's Java is 21");
        assertThat(ImageTraining.whyNot(java("echo 'openjdk version \"25.0.3\" 2026-04-21 LTS'")))
                .isEmpty();
    }

    @Test
    void neitherDoesOneThatDoesNotRunHere() throws Exception {
        assertThat(trainedWith("echo wrong library; exit 127"))
                .contains("the base's Java does not run here (wrong library)");
    }

    @Test
    void whatWasLearnedOfTheSameImageIsNotLearnedAgain() throws Exception {
        Files.writeString(folder.resolve("app.aot"), "learned");

        assertThat(trainedWith("exit 127")).isEmpty();
        assertThat(folder.resolve("app.aot")).hasContent("learned");
    }

    /** @return what is printed; that there is an image, and nothing else, is left behind */
    private String trainedWith(String java) throws Exception {
        java(java);
        Files.createDirectories(folder.resolve("root/usr/bin"));
        Files.createSymbolicLink(folder.resolve("root/usr/bin/java"), Path.of("/opt/java/bin/java"));
        Files.writeString(folder.resolve("manifest.json"), """
                [{"Config": "config.json", "Layers": ["layer.tar"]}]""");
        Files.writeString(folder.resolve("config.json"), """
                {"config": {"Entrypoint": ["java", "-cp", "@/app/classpath", "Main"],
                            "Env": ["PATH=/bin:/usr/bin"]}}""");
        tar("-cf", "layer.tar", "-C", "root", ".");
        tar("-cf", "image.tar", "manifest.json", "config.json", "layer.tar");
        var printed = new ByteArrayOutputStream();
        var before = System.out;
        boolean wasThere = Files.exists(folder.resolve("app.aot"));
        System.setOut(new PrintStream(printed));
        try {
            new ImageTraining(folder.resolve("image.tar"), folder.resolve("app.aot")).run();
        } finally {
            System.setOut(before);
        }
        assertThat(Files.exists(folder.resolve("app.aot"))).isEqualTo(wasThere);
        assertThat(folder.resolve("unfinished")).doesNotExist();
        return printed.toString();
    }

    private Path java(String script) throws Exception {
        var program =
                Files.createDirectories(folder.resolve("root/opt/java/bin")).resolve("java");
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        program.toFile().setExecutable(true);
        return program;
    }

    private void tar(String... options) throws Exception {
        var command = new ArrayList<>(List.of("tar"));
        command.addAll(List.of(options));
        assertThat(new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
    }
}
