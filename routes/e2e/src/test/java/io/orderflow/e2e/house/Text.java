package io.orderflow.e2e.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A file of the repository as its readers see it: where it lies, and what it says. */
record Text(Path path, String content) {

    static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();

    /** All files below a folder whose names end so; what a build wrote, or a tool keeps for itself, is left out. */
    static List<Text> below(Path folder, String end) {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(end) && Files.isRegularFile(file))
                    .map(folder::relativize)
                    .filter(Text::isWrittenByHand)
                    .sorted()
                    .map(file -> new Text(file, read(folder.resolve(file))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isWrittenByHand(Path file) {
        for (var part : file) {
            if (part.toString().equals("target")
                    || part.toString().startsWith(".") && part.toString().length() > 1) {
                return false;
            }
        }
        return true;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(file.toString(), e);
        }
    }

    Stream<String> lines() {
        return content.lines();
    }

    /** Its name without the ending. */
    String name() {
        return path.getFileName().toString().replaceFirst("\\.[a-z]+$", "");
    }

    /** Whether it belongs to what is installed, and not to a test or a tool of the build. */
    boolean isProduct() {
        return path.toString().contains("src/main/");
    }
}
