package io.orderflow.app;

import io.orderflow.messaging.ServiceModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The file that tells the chart which services there are, rendered from what each says of itself ({@link
 * ServiceModule}). One that runs only by name is installed only where a value of its name says so.
 */
final class RolesFile {

    static final Path FILE = Path.of("helm/orderflow/files/roles.yaml");

    private RolesFile() {}

    /** Rewrites it, with the repository's root as the argument. */
    public static void main(String... arguments) {
        try {
            Files.writeString(Path.of(arguments[0]).resolve(FILE), rendered(Services.known()));
        } catch (IOException e) {
            System.err.println(FILE + ": cannot be written: " + e);
            System.exit(1);
        }
    }

    static String rendered(List<ServiceModule> services) {
        return services.stream().map(RolesFile::entry).collect(Collectors.joining("", "roles:\n", ""));
    }

    private static String entry(ServiceModule service) {
        return """
                  - name: %s
                    http: %s
                    paths: %s
                    outside: %s
                %s""".formatted(
                        service.role(),
                        service.servesHttp(),
                        service.publicPaths(),
                        service.callsOutside(),
                        service.onlyByName() ? "    optional: true\n" : "");
    }
}
