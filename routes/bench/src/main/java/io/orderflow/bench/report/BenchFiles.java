package io.orderflow.bench.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.bench.round.Figures;
import io.orderflow.bench.round.Results;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Writes what a run has given: all figures, the page, and its charts. */
public final class BenchFiles {

    private static final String MOST = "256 connections";

    private final Path folder;

    public BenchFiles(Path folder) {
        this.folder = folder;
    }

    public void write(Results results) throws IOException {
        Files.createDirectories(folder);
        new ObjectMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValue(folder.resolve("figures.json").toFile(), results);
        Files.writeString(folder.resolve("README.md"), new BenchPage(results).text());
        new BarChart("Orders told a second, " + MOST).write(bars(results, Figures.TOLD), folder.resolve("told.png"));
        new BarChart("Milliseconds of processor time per order, " + MOST)
                .write(bars(results, Figures.PROCESSOR), folder.resolve("processor.png"));
    }

    private static List<BarChart.Bar> bars(Results results, String name) {
        return results.titles().keySet().stream()
                .map(contestant -> Medians.of(results.figures(), contestant, MOST))
                .flatMap(Optional::stream)
                .filter(medians -> medians.value(name).isPresent())
                .map(medians -> new BarChart.Bar(
                        medians.contestant(), medians.value(name).orElseThrow()))
                .toList();
    }
}
