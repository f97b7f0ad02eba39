package io.orderflow.e2e.openapi;

import io.orderflow.testkit.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Clients for those who call us, in each language made from both documents, and the documents' requests as collections
 * for Postman and Bruno: {@code make clients}. The generator is a program of its own with a class path of its own,
 * which the build puts into the target folder.
 */
public final class GeneratedClients {

    static final Path GENERATOR = Path.of("target/openapi-generator-cli.jar");

    /** What each is of: the port that customers call, and the operators'. */
    static final Map<String, String> DOCUMENTS =
            new TreeMap<>(Map.of("shop", OpenApi.FILES.getFirst(), "ops", OpenApi.FILES.getLast()));

    /** What the generator is told for each language; {@code %1$s} is the name of the document. */
    private static final Map<String, String> LANGUAGES = new TreeMap<>(Map.of(
            "java", """
                    generatorName: java
                    library: native
                    additionalProperties:
                      groupId: io.orderflow
                      artifactId: orderflow-client-%1$s
                      invokerPackage: io.orderflow.client.%1$s
                      apiPackage: io.orderflow.client.%1$s.api
                      modelPackage: io.orderflow.client.%1$s.model
                      openApiNullable: false
                      useJakartaEe: true
                      useSingleRequestParameter: true
                      hideGenerationTimestamp: true
                    """,
            "typescript", """
                    generatorName: typescript-fetch
                    additionalProperties:
                      npmName: orderflow-client-%1$s
                    """,
            "python", """
                    generatorName: python
                    additionalProperties:
                      packageName: orderflow_client_%1$s
                      projectName: orderflow-client-%1$s
                    """));

    private GeneratedClients() {}

    /** Writes them into the folder that is the argument. */
    public static void main(String... arguments) throws Exception {
        var folder = Path.of(arguments[0]).toAbsolutePath().normalize();
        into(folder);
        System.out.println("Clients in java, typescript and python, and collections: " + folder);
    }

    /** A folder for each language, in it one for each document; what was there before is deleted. */
    static void into(Path folder) throws IOException, InterruptedException {
        if (Files.exists(folder)) {
            Folders.delete(folder);
        }
        var settings = Files.createDirectories(folder.resolve("settings"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                GENERATOR.toString(),
                "batch",
                "--fail-fast"));
        for (var language : LANGUAGES.entrySet()) {
            for (var document : DOCUMENTS.entrySet()) {
                var name = language.getKey() + "-" + document.getKey();
                command.add(Files.writeString(
                                settings.resolve(name + ".yaml"),
                                language.getValue().formatted(document.getKey())
                                        + """
                                        inputSpec: %s
                                        outputDir: %s
                                        """.formatted(
                                                        OpenApi.FOLDER
                                                                .resolve(document.getValue())
                                                                .toAbsolutePath()
                                                                .normalize(),
                                                        folder.resolve(language.getKey())
                                                                .resolve(document.getKey())))
                        .toString());
            }
        }
        run(command, folder.resolve("generator.log"));
        var collections = Files.createDirectories(folder.resolve("collections"));
        for (var document : DOCUMENTS.entrySet()) {
            Files.writeString(
                    collections.resolve(document.getKey() + ".postman_collection.json"),
                    RequestCollection.of(OpenApi.committed(), document.getValue())
                                    .toPrettyString()
                            + "\n");
        }
    }

    private static void run(List<String> command, Path log) throws IOException, InterruptedException {
        var generating = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (generating.waitFor() != 0) {
            throw new IllegalStateException("generator: exit " + generating.exitValue() + " (expected: 0; see " + log
                    + ")\n" + Files.readString(log));
        }
    }
}
