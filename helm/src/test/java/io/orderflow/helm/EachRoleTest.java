package io.orderflow.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.helm.Roles.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is said once for every service is written for each; a slip in it is told in a line. */
class EachRoleTest {

    private static final Roles ROLES = new Roles(List.of(
            new Role("ask", true, List.of("/ask"), List.of(), false),
            new Role("send", false, List.of(), List.of("post"), true)));
    private static final EachRole EACH = new EachRole(ROLES);

    @Test
    void aPlaceholderStandsForEachAndAFullNameIsLaidOver() throws IOException {
        assertThat(EACH.schema(json("""
                {"properties": {"all": {"type": "object", "properties": {
                  "<role>": {"type": "object", "properties": {"name": {"type": "string", "default": "<role>"}}},
                  "send": {"properties": {"name": {"default": "sent"}}}}},
                  "<http>From": {"type": "array"},
                  "<outside>To": {"type": "array"}, "postTo": null}}"""))).isEqualTo(json("""
                {"properties": {"all": {"type": "object", "properties": {
                  "ask": {"type": "object", "properties": {"name": {"type": "string", "default": "ask"}}},
                  "send": {"type": "object", "properties": {"name": {"type": "string", "default": "sent"}}}}},
                  "askFrom": {"type": "array"}}}"""));
    }

    @Test
    void whatIsLaidOverNothingIsRefused() {
        assertThatThrownBy(() -> EACH.schema(json("""
                {"properties": {"<role>": {"type": "object"}, "sned": {"description": "Sends."}}}""")))
                .hasMessage(
                        "helm/values.schema.json: /sned: no type (expected: one, or the name of a role: ask, send)");
    }

    private static JsonNode json(String text) throws IOException {
        return new ObjectMapper().readTree(text);
    }

    @Test
    void aListIsWrittenAnewForAllButThoseThatAreNamed() {
        assertThat(EACH.lists("values.yaml", """
                roles:
                  # for each role but ask, by make render: {secret: <role>-key}
                  gone: {secret: gone-key}
                  # end
                  ask: {secret: other}
                """)).isEqualTo("""
                roles:
                  # for each role but ask, by make render: {secret: <role>-key}
                  send: {secret: send-key}
                  # end
                  ask: {secret: other}
                """);
        assertThat(EACH.lists("values.yaml", "kafka: 1\n")).isEqualTo("kafka: 1\n");
    }

    @Test
    void aListOfNobodyOrWithoutAnEndIsRefused() {
        assertThatThrownBy(() -> EACH.lists("values.yaml", "# for each role but aks, by make render: 1\n# end\n"))
                .hasMessage("values.yaml: aks: no role (expected: one of ask, send)");
        assertThatThrownBy(() -> EACH.lists("values.yaml", "  # for each role, by make render: 1\n# end\n"))
                .hasMessage("values.yaml: a list for each role has no end (expected: the line '  # end')");
    }

    @Test
    void renderingTellsTheCauseAndNoStack() throws IOException {
        var chart = Chart.copy();
        var source = chart.root().resolve(Values.SOURCE);
        Files.writeString(source, Files.readString(source).replace("\"payments\": {\"desc", "\"paiments\": {\"desc"));
        assertThat(refusal(chart))
                .startsWith("helm/values.schema.json: /roles/paiments: no type")
                .hasLineCount(1);

        Files.delete(source);
        assertThat(refusal(chart)).isEqualTo(source + ": not there\n");

        var broken = Chart.copy().with("templates/services.yaml", "{{- end }}", "{{- ende }}");
        assertThat(refusal(broken))
                .contains("orderflow/templates/services.yaml:")
                .doesNotContain("\tat ");
    }

    private static String refusal(Chart chart) {
        var errors = new ByteArrayOutputStream();
        assertThat(Rendered.render(chart.root(), new PrintStream(errors))).isEqualTo(1);
        return errors.toString();
    }
}
