package io.orderflow.e2e.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.e2e.shop.OwnProcess;
import io.orderflow.e2e.shop.Shop;
import io.orderflow.testkit.Issuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Clients can be made from the documents. The generator is a program of its own with a class path of its own, which the
 * build puts into the target folder.
 */
class ClientsTest {

    private static final Path GENERATOR = Path.of("target/openapi-generator-cli.jar");
    private static final Path CALLER = Path.of("src/clients/Caller.java");

    /** What the generated Java needs beside the JDK. */
    private static final String NEEDED =
            ".*/com/fasterxml/jackson/.*/jackson-(core|databind|annotations|datatype-jsr310)-.*|.*/jakarta.annotation-api-.*";

    @TempDir
    private Path folder;

    @Test
    void bothDocumentsAreWhatTheGeneratorTakesForValid() throws Exception {
        List<Process> validations = new ArrayList<>();
        for (var file : documents()) {
            validations.add(java("-jar", GENERATOR.toString(), "validate", "--recommend", "-i", file.toString()));
        }
        for (var validation : validations) {
            assertThat(said(validation)).contains("No validation issues detected.");
        }
    }

    @Test
    @Tag("campaign")
    void generatedClientsPlaceAnOrderAndDoWhatOperatorsDo() throws Exception {
        var issuer = Issuer.in(folder.resolve("issuer"));
        var documents = documents();
        generates(documents.get(0), "shop");
        generates(documents.get(1), "ops");
        var classes = compiled();
        try (var shop = Shop.withConsole(issuer.settings().toArray(String[]::new))) {
            shop.sql().update("insert into orders.product (sku, name) values ('mug', 'Mug') on conflict do nothing");
            shop.sql().update("""
                    insert into orders.product_price (sku, currency, amount_minor) values ('mug', 'EUR', 1290)
                    on conflict do nothing""");

            var said = said(java(
                    "-cp",
                    classes + ":" + needed(),
                    "Caller",
                    shop.instance().address().toString(),
                    issuer.token("ada", "customer"),
                    shop.instance().ops().toString(),
                    issuer.token("eve", "operator.read"),
                    issuer.token("eve", "operator.release")));

            assertThat(said.lines())
                    .containsExactly(
                            "placed PENDING 2580",
                            "read true 2",
                            "parked []",
                            "audited ops.list-parked",
                            "refused 404 urn:orderflow:problem:not-found");
        }
    }

    private List<Path> documents() throws IOException {
        List<Path> files = new ArrayList<>();
        for (var name : OpenApi.FILES) {
            try (var in = OpenApi.class.getResourceAsStream("/" + name)) {
                files.add(Files.write(folder.resolve(name), in.readAllBytes()));
            }
        }
        return files;
    }

    private void generates(Path document, String name) throws Exception {
        var made = java(
                "-jar",
                GENERATOR.toString(),
                "generate",
                "-g",
                "java",
                "--library",
                "native",
                "-i",
                document.toString(),
                "-o",
                folder.resolve(name).toString(),
                "--additional-properties=invokerPackage=" + name + ",apiPackage=" + name + ".api,modelPackage=" + name
                        + ".model,openApiNullable=false,useJakartaEe=true,useSingleRequestParameter=true");
        var said = said(made);
        assertThat(folder.resolve(name).resolve("src/main/java")).as(said).isDirectory();
    }

    /** The clients and who calls them. */
    private Path compiled() throws Exception {
        var classes = folder.resolve("classes");
        var command = new ArrayList<>(List.of("-proc:none", "-nowarn", "-d", classes.toString(), "-cp", needed()));
        command.add(CALLER.toString());
        for (var name : List.of("shop", "ops")) {
            try (var sources = Files.walk(folder.resolve(name).resolve("src/main/java"))) {
                sources.map(Path::toString).filter(one -> one.endsWith(".java")).forEach(command::add);
            }
        }
        var arguments = Files.write(folder.resolve("sources"), command);
        var said = said(started(jdk("javac"), "@" + arguments));
        assertThat(classes.resolve("Caller.class")).as(said).exists();
        return classes;
    }

    private static String needed() {
        return Arrays.stream(OwnProcess.classPath().split(":"))
                .filter(one -> one.matches(NEEDED))
                .collect(Collectors.joining(":"));
    }

    private Process java(String... arguments) throws IOException {
        return started(Stream.concat(
                        Stream.of(jdk("java"), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"), Stream.of(arguments))
                .toArray(String[]::new));
    }

    private static String jdk(String program) {
        return Path.of(System.getProperty("java.home"), "bin", program).toString();
    }

    private static Process started(String... command) throws IOException {
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static String said(Process process) throws Exception {
        var said = new String(process.getInputStream().readAllBytes());
        return process.waitFor() == 0 ? said : "exit " + process.exitValue() + ": " + said;
    }
}
