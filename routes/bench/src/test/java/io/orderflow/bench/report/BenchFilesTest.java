package io.orderflow.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.bench.round.Figures;
import io.orderflow.bench.round.Results;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run leaves behind can be read: by people, by programs, and as pictures. */
class BenchFilesTest {

    @TempDir
    Path folder;

    @Test
    void aRunLeavesAPageItsFiguresAndItsCharts() throws Exception {
        var values = Map.of(
                Figures.TOLD, 100.0,
                Figures.CONFIRMED, 120.0,
                Figures.PROCESSOR, 3.25,
                Figures.COMPILING, 0.5);
        var figures = List.of(
                new Figures("floor", "256 connections", 1, values),
                new Figures("orderflow", "256 connections", 1, values));
        new BenchFiles(folder)
                .write(new Results(
                        "a machine",
                        Map.of("floor", "the floor", "orderflow", "us"),
                        figures,
                        Map.of("orderflow, after kill -9 under load", List.of("1 accepted orders lost"))));

        assertThat(Files.readString(folder.resolve("README.md")))
                .contains("a machine")
                .contains("| floor | 256 connections | 1.00 | 1.00 | 1.00 |")
                .contains("| orderflow \\* | – | 120 (120–120) | 100 (100–100) | 3.25 (3.25–3.25) |")
                .contains("**1 accepted orders lost**");
        assertThat(new ObjectMapper()
                        .readTree(folder.resolve("figures.json").toFile())
                        .get("figures"))
                .hasSize(2);
        assertThat(ImageIO.read(folder.resolve("told.png").toFile()).getWidth()).isPositive();
        assertThat(folder.resolve("processor.png")).isNotEmptyFile();
    }
}
