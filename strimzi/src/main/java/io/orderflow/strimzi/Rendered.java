package io.orderflow.strimzi;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.orderflow.contracts.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The files that are committed: one resource each for the chart, and the table of rights for people. Console, which not
 * everybody installs, has a declaration of its own; what that makes otherwise stands in a folder beside, and the chart
 * lays it over the rest where console is installed.
 */
final class Rendered {

    static final Path FOLDER = Path.of("helm/orderflow/files/strimzi");
    static final Path CONSOLE = FOLDER.resolve("console");
    static final Path RIGHTS = Path.of("docs/rights.md");

    private Rendered() {}

    /** Rewrites them, with the repository's root as the argument. */
    public static void main(String... arguments) {
        var root = Path.of(arguments[0]);
        var files = files(Shape.DEFAULT);
        try {
            Files.createDirectories(root.resolve(CONSOLE));
            for (var old : committed(root)) {
                if (!files.containsKey(root.relativize(old))) {
                    Files.delete(old);
                }
            }
            for (var file : files.entrySet()) {
                Files.writeString(root.resolve(file.getKey()), file.getValue());
            }
        } catch (IOException e) {
            System.err.println("Kafka's resources cannot be written: " + e);
            System.exit(1);
        }
        System.out.println(files.size() + " files rendered");
    }

    /** Every resource that is committed. */
    static List<Path> committed(Path root) throws IOException {
        try (var files = Files.walk(root.resolve(FOLDER))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** Path below the root, and content. */
    static Map<Path, String> files(Shape shape) {
        Map<Path, String> files = new TreeMap<>();
        var without = named(Topology.ORDERFLOW, shape);
        without.forEach((name, resource) -> files.put(FOLDER.resolve(name), resource));
        named(Topology.WITH_CONSOLE, shape).forEach((name, resource) -> {
            if (!resource.equals(without.get(name))) {
                files.put(CONSOLE.resolve(name), resource);
            }
        });
        files.put(RIGHTS, rights());
        return files;
    }

    private static Map<String, String> named(Topology topology, Shape shape) {
        Map<String, String> named = new TreeMap<>();
        for (var resource : resources(topology, shape)) {
            var name = resource.getKind().toLowerCase(Locale.ROOT) + "-"
                    + resource.getMetadata().getName() + ".yaml";
            named.put(name, Serialization.asYaml(resource));
        }
        return named;
    }

    static List<HasMetadata> resources(Topology topology, Shape shape) {
        var cluster = new Cluster(topology, shape);
        List<HasMetadata> resources =
                new ArrayList<>(List.of(cluster.kafka(), cluster.dual(), cluster.brokers(), cluster.controllers()));
        resources.addAll(Topics.of(topology, shape));
        resources.addAll(Users.of(topology, shape));
        return resources;
    }

    private static String rights() {
        var without = lines(Topology.ORDERFLOW);
        return """
                # Who may do what on Kafka

                From the declaration of channels (`Topology`), written by `make render`; the chart's KafkaUsers say the same, and a test compares both with the endpoints of the running app. Whatever is
                not here is refused. One more KafkaUser, `scaler`, is there where pods are added by what waits: it may describe the topics that somebody reads and the groups of those who do, and nothing else.

                ```text
                %s
                ```

                Where [console](stories.md) is installed (`console.enabled`):

                ```text
                %s
                ```
                """.formatted(
                        String.join("\n", without),
                        lines(Topology.WITH_CONSOLE).stream()
                                .filter(right -> !without.contains(right))
                                .collect(Collectors.joining("\n")));
    }

    static List<String> lines(Topology topology) {
        return topology.rights().stream()
                .flatMap(right -> right.lines().stream())
                .toList();
    }
}
