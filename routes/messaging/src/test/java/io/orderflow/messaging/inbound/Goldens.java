package io.orderflow.messaging.inbound;

import io.orderflow.contracts.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Events as the releases wrote them, and the schemas by which they were read: a folder for each release. */
final class Goldens {

    static final Path FOLDER = Path.of("src/test/resources/golden");

    private Goldens() {}

    static String latest(Class<? extends Event> type) throws IOException {
        return Files.readString(of(type).getLast());
    }

    static List<Path> of(Class<? extends Event> type) {
        return releases().stream()
                .map(release -> release.resolve(Event.typeOf(type) + ".json"))
                .filter(Files::exists)
                .toList();
    }

    static List<Path> releases() {
        try (var releases = Files.list(FOLDER)) {
            return releases.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
