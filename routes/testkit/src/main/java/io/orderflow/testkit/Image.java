package io.orderflow.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * An image, unpacked.
 *
 * @param root its file system
 * @param config what its archive says of how it is run
 */
public record Image(Path root, JsonNode config) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_LINKS = 40;

    /** From an archive as {@code docker save} writes it. */
    public static Image unpack(Path archive, Path folder) {
        try {
            var layers = Files.createDirectories(folder.resolve("layers"));
            var root = Files.createDirectories(folder.resolve("root"));
            untar(archive, layers);
            var manifest =
                    JSON.readTree(layers.resolve("manifest.json").toFile()).get(0);
            for (var layer : manifest.path("Layers")) {
                untar(layers.resolve(layer.asText()), root);
            }
            return new Image(
                    root,
                    JSON.readTree(layers.resolve(manifest.path("Config").asText())
                                    .toFile())
                            .path("config"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<String> entrypoint() {
        return words("Entrypoint");
    }

    /** As {@code NAME=value}. */
    public List<String> environment() {
        return words("Env");
    }

    private List<String> words(String name) {
        List<String> words = new ArrayList<>();
        config.path(name).forEach(word -> words.add(word.asText()));
        return words;
    }

    /** Where a program lies that the image finds by its {@code PATH}. */
    public Path program(String name) {
        return environment().stream()
                .filter(variable -> variable.startsWith("PATH="))
                .flatMap(path -> List.of(path.substring("PATH=".length()).split(":")).stream())
                .map(folder -> file(folder + "/" + name))
                .filter(Files::isRegularFile)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the image has no " + name + " in its PATH"));
    }

    /** Where a file of the image lies here: its links lead from its own root. */
    public Path file(String path) {
        return file(path, MOST_LINKS);
    }

    private Path file(String path, int links) {
        var real = root;
        for (var name : Path.of(path).normalize()) {
            var next = real.resolve(name);
            if (!Files.isSymbolicLink(next) || links == 0) {
                real = next;
                continue;
            }
            try {
                var target = Files.readSymbolicLink(next);
                var inside = target.isAbsolute()
                        ? target
                        : Path.of("/").resolve(root.relativize(real)).resolve(target);
                real = file(inside.normalize().toString(), links - 1);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return real;
    }

    /** Devices are for whoever runs it, and not everybody may make them. */
    private static void untar(Path archive, Path folder) throws IOException {
        var command = List.of(
                "tar",
                "--warning=no-unknown-keyword",
                "--exclude=dev/*",
                "--exclude=./dev/*",
                "-xf",
                archive.toString(),
                "-C",
                folder.toString());
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
}
