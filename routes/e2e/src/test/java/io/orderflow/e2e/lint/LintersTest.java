package io.orderflow.e2e.lint;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderflow.e2e.shop.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The documents keep the rules that Redocly and Spectral recommend, but for those of which a file says why not. */
@Tag("campaign")
class LintersTest {

    private static final Path RULES = Path.of("src/lint").toAbsolutePath();
    private static final Path DOCUMENTS = Path.of("../app/src/main/resources").toAbsolutePath();
    private static final Map<String, String> QUIET =
            Map.of("REDOCLY_TELEMETRY", "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE", "true");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    @BeforeAll
    static void load() throws Exception {
        Tools.needNpm(folder, "linters");
    }

    @Test
    void theyFindNothingThatIsNotExplained() throws Exception {
        List<Finding> found = new ArrayList<>();
        for (var name : List.of("openapi.json", "openapi-ops.json", "asyncapi.json")) {
            var document = Files.copy(DOCUMENTS.resolve(name), folder.resolve(name));
            if (name.startsWith("openapi")) {
                found.addAll(redocly(document));
            }
            found.addAll(spectral(document));
        }
        var explained = Explained.committed();

        assertThat(explained.without(found)).isEmpty();
        assertThat(explained.idle(found)).isEmpty();
    }

    /** What is wrong in the broken ones is what both have rules of their own for. */
    @Test
    void theyFindWhatIsWrong() throws Exception {
        var requests = document("openapi.json");
        ((ObjectNode) requests.at("/components/schemas")).putObject("Nobody").put("type", "string");
        ((ObjectNode) requests.at("/paths/~1orders/get")).remove("operationId");
        var broken = file("openapi.json", requests);
        var events = document("asyncapi.json");
        ((ObjectNode) events.at("/operations/orders.send.order_events")).remove("description");

        assertThat(rules(redocly(broken))).contains("no-unused-components", "operation-operationId");
        assertThat(rules(spectral(broken))).contains("oas3-unused-component", "operation-operationId");
        assertThat(rules(spectral(file("asyncapi.json", events)))).contains("asyncapi-3-operation-description");
    }

    private static List<String> rules(List<Finding> findings) throws IOException {
        return Explained.committed().without(findings).stream()
                .map(Finding::rule)
                .toList();
    }

    private static JsonNode document(String name) throws IOException {
        return JSON.readTree(DOCUMENTS.resolve(name).toFile());
    }

    private static Path file(String name, JsonNode content) throws IOException {
        var broken = Files.createDirectories(folder.resolve("broken"));
        return Files.writeString(broken.resolve(name), content.toString());
    }

    private static List<Finding> redocly(Path document) throws Exception {
        var said = JSON.readTree(Tools.printed(
                folder,
                QUIET,
                folder.resolve("node_modules/.bin/redocly").toString(),
                "lint",
                "--format=json",
                "--max-problems=1000",
                "--config=" + RULES.resolve("redocly.yaml"),
                document.toString()));
        assertThat(said.path("problems").isArray()).as(said.toString()).isTrue();
        return said.path("problems")
                .valueStream()
                .map(one -> new Finding(
                        document.getFileName().toString(),
                        one.path("ruleId").asText(),
                        one.at("/location/0/pointer").asText().replaceFirst("^#/", ""),
                        one.path("message").asText()))
                .toList();
    }

    private static List<Finding> spectral(Path document) throws Exception {
        var file = folder.resolve("spectral.json");
        Files.deleteIfExists(file);
        Tools.printed(
                folder,
                QUIET,
                folder.resolve("node_modules/.bin/spectral").toString(),
                "lint",
                "--format=json",
                "--output=" + file,
                "--ruleset=" + RULES.resolve("spectral.yaml"),
                document.toString());
        return JSON.readTree(file.toFile())
                .valueStream()
                .map(one -> new Finding(
                        document.getFileName().toString(),
                        one.path("code").asText(),
                        one.path("path").valueStream().map(JsonNode::asText).collect(Collectors.joining("/")),
                        one.path("message").asText()))
                .toList();
    }
}
