package io.orderflow.e2e.openapi;

import static java.net.http.HttpRequest.BodyPublishers.noBody;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.e2e.shop.OwnProcess;
import io.orderflow.e2e.shop.Shop;
import io.orderflow.e2e.shop.Tools;
import io.orderflow.testkit.Issuer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The generated clients of each language place an order, wait for its end, read it and call another one off, against
 * the running system. They are used as they come, by a caller of their own language.
 */
@Tag("campaign")
class CallersTest {

    private static final Path CALLERS = Path.of("src/clients").toAbsolutePath();

    /** What the generated Java needs beside the JDK. */
    private static final String NEEDED =
            ".*/com/fasterxml/jackson/.*/jackson-(core|databind|annotations|datatype-jsr310)-.*|.*/jakarta.annotation-api-.*";

    /** What each caller says first. */
    private static final List<String> DONE =
            List.of("placed PENDING 2580", "waited CONFIRMED", "read 2 mug", "cancelled CUSTOMER", "parked 0");

    @TempDir
    private static Path folder;

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static Issuer issuer;
    private static Shop shop;

    @BeforeAll
    static void open() throws Exception {
        GeneratedClients.into(folder);
        issuer = Issuer.in(folder.resolve("issuer"));
        var settings = new ArrayList<>(issuer.settings());
        settings.add("--orderflow.http.longest-stream=200ms");
        shop = Shop.withConsole(settings.toArray(String[]::new));
        shop.sql().update("insert into orders.product (sku, name) values ('mug', 'Mug') on conflict do nothing");
        shop.sql().update("""
                insert into orders.product_price (sku, currency, amount_minor) values ('mug', 'EUR', 1290)
                on conflict do nothing""");
        shop.sql().update("""
                insert into inventory.stock_item (sku, on_hand) values ('mug', 1000) on conflict do nothing""");
    }

    @AfterAll
    static void close() {
        if (shop != null) {
            shop.close();
        }
    }

    @Test
    void java() throws Exception {
        var classes = folder.resolve("classes");
        var command = new ArrayList<>(List.of("-proc:none", "-nowarn", "-d", classes.toString(), "-cp", needed()));
        command.add(CALLERS.resolve("Caller.java").toString());
        try (var sources = Files.walk(folder.resolve("java"))) {
            sources.map(Path::toString)
                    .filter(one -> one.contains("/src/main/java/"))
                    .filter(one -> one.endsWith(".java"))
                    .forEach(command::add);
        }
        Tools.said(jdk("javac"), "@" + Files.write(folder.resolve("sources"), command));

        var said = called(jdk("java"), "-cp", classes + ":" + needed(), "Caller");

        assertThat(said.subList(0, DONE.size())).isEqualTo(DONE);
        assertThat(said.subList(DONE.size(), said.size()))
                .containsExactly("audited ops.list-parked", "refused 404 urn:orderflow:problem:not-found");
    }

    @Test
    void typescript() throws Exception {
        var here = folder.resolve("typescript");
        Tools.needNpm(here, "callers");
        Files.copy(CALLERS.resolve("caller.ts"), here.resolve("caller.ts"));
        Tools.said(
                here,
                Map.of(),
                here.resolve("node_modules/.bin/tsc").toString(),
                "--strict",
                "--target",
                "es2022",
                "--module",
                "commonjs",
                "--outDir",
                "built",
                "caller.ts");

        assertThat(called("node", here.resolve("built/caller.js").toString())).isEqualTo(DONE);
    }

    @Test
    void python() throws Exception {
        var here = folder.resolve("python");
        var python = Tools.needPython(here, "callers");

        assertThat(called(
                        "env",
                        "PYTHONPATH=" + here.resolve("shop") + ":" + here.resolve("ops"),
                        python,
                        CALLERS.resolve("caller.py").toString()))
                .isEqualTo(DONE);
    }

    /** As they come: none is refused for its form, and each answer is one that the document has for it. */
    @Test
    void collections() throws Exception {
        var api = OpenApi.committed();
        int sent = 0;
        for (var document : List.of("shop", "ops")) {
            var base = document.equals("shop")
                    ? shop.instance().address()
                    : shop.instance().ops();
            var collection = new ObjectMapper()
                    .readTree(folder.resolve("collections/" + document + ".postman_collection.json")
                            .toFile());
            for (var request : collection.findValues("request")) {
                var path = path(request.path("url"));
                var method = request.path("method").asText();
                var answer = HTTP.send(request(base, path, request, api), BodyHandlers.ofByteArray());

                assertThat(answer.statusCode()).as(method + " " + path).isIn(200, 202, 404);
                assertThat(api.mistakes(method, path, answer.statusCode(), answer.headers(), answer.body()))
                        .as(method + " " + path)
                        .isEmpty();
                sent++;
            }
        }
        assertThat(sent).isEqualTo(api.operations().size());
    }

    private static String path(JsonNode url) {
        var path = url.path("raw").asText().replace("{{baseUrl}}", "");
        for (var one : url.path("variable")) {
            path = path.replace(
                    ":" + one.path("key").asText(), one.path("value").asText());
        }
        return path;
    }

    private static HttpRequest request(URI base, String path, JsonNode request, OpenApi api) {
        var method = request.path("method").asText();
        var body = request.at("/body/raw");
        var sent = HttpRequest.newBuilder(base.resolve(path))
                .method(method, body.isMissingNode() ? noBody() : BodyPublishers.ofString(body.asText()));
        request.path("header")
                .forEach(one -> sent.header(
                        one.path("key").asText(),
                        one.path("value").asText().replace("{{$guid}}", "collected-" + path.length())));
        if (!request.has("auth")) {
            var roles = api.operation(method, path).orElseThrow().definition().at("/security/0/token/0");
            sent.header("Authorization", "Bearer " + issuer.token("ann", roles.asText()));
        }
        return sent.build();
    }

    /** What a caller said, line by line: it is told where the system is, and who calls. */
    private static List<String> called(String... command) throws Exception {
        var all = new ArrayList<>(Arrays.asList(command));
        all.add(address(shop.instance().address().toString()));
        all.add(issuer.token("ada", "customer"));
        all.add(address(shop.instance().ops().toString()));
        all.add(issuer.token("eve", "operator.read"));
        all.add(issuer.token("eve", "operator.release"));
        return Tools.said(all.toArray(String[]::new)).lines().toList();
    }

    private static String address(String url) {
        return url.replaceFirst("/$", "");
    }

    private static String needed() {
        return Arrays.stream(OwnProcess.classPath().split(":"))
                .filter(one -> one.matches(NEEDED))
                .collect(Collectors.joining(":"));
    }

    private static String jdk(String program) throws IOException {
        return Path.of(System.getProperty("java.home"), "bin", program).toString();
    }
}
