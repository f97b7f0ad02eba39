package io.orderflow.e2e.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What makes a document good to generate clients from, beside being true. */
class OpenApiFormTest {

    private static final OpenApi API = OpenApi.committed();

    @Test
    void nothingIsThereThatNobodyRefersTo() {
        API.documents().forEach((file, document) -> {
            var named = new TreeSet<>(document.findValuesAsText("$ref"));
            document.findValues("security")
                    .forEach(one -> one.forEach(scheme -> scheme.fieldNames()
                            .forEachRemaining(name -> named.add("#/components/securitySchemes/" + name))));
            var given = new TreeSet<String>();
            for (var kind : document.path("components").properties()) {
                kind.getValue()
                        .fieldNames()
                        .forEachRemaining(name -> given.add("#/components/" + kind.getKey() + "/" + name));
            }

            assertThat(given).as(file).isEqualTo(named);
        });
    }

    /** So that whoever generates from both gets one class for one thing. */
    @Test
    void bothDocumentsMeanTheSameByAName() {
        var documents = List.copyOf(API.documents().values());
        for (var kind : documents.get(0).path("components").properties()) {
            for (var one : kind.getValue().properties()) {
                var other =
                        documents.get(1).path("components").path(kind.getKey()).path(one.getKey());

                assertThat(other.isMissingNode() ? one.getValue() : other)
                        .as(one.getKey())
                        .isEqualTo(one.getValue());
            }
        }
    }

    @Test
    void everyOperationHasANameATagWordsAndAnExample() {
        for (var operation : API.operations()) {
            var definition = operation.definition();

            assertThat(definition.path("operationId").asText())
                    .as(operation.toString())
                    .matches("[a-z]+\\.[a-z-]+");
            assertThat(definition.path("tags")).as(operation.toString()).hasSize(1);
            assertThat(definition.path("summary").asText())
                    .as(operation.toString())
                    .isNotBlank();
            assertThat(definition.path("description").asText())
                    .as(operation.toString())
                    .isNotBlank();
            assertThat(definition.findValues("examples"))
                    .as(operation.toString())
                    .isNotEmpty();
        }
        assertThat(API.operations().stream().map(OpenApi.Operation::id).collect(Collectors.toSet()))
                .hasSameSizeAs(API.operations());
    }

    /** What a client is generated from has one server, the one that the document came from. */
    @Test
    void noPathHasAServerOfItsOwn() {
        API.documents().forEach((file, document) -> {
            assertThat(document.at("/servers/0/url").asText()).as(file).isEqualTo("/");
            assertThat(document.findValues("servers")).as(file).hasSize(1);
        });
    }

    /** A generator gives a schema without a name one of its own making. */
    @Test
    void everyObjectHasAName() {
        API.documents().forEach((file, document) -> {
            List<String> nameless = new ArrayList<>();
            for (var content : document.findValues("content")) {
                for (var one : content.properties()) {
                    assertThat(one.getValue().path("schema")).as(file + one).isNotEmpty();
                    look(one.getKey(), one.getValue().path("schema"), nameless);
                }
            }
            for (var schema : document.at("/components/schemas").properties()) {
                for (var member : schema.getValue().path("properties").properties()) {
                    look(schema.getKey() + "." + member.getKey(), member.getValue(), nameless);
                }
            }

            assertThat(nameless).as(file).isEmpty();
        });
    }

    /** A reader gets along with what a later version adds; a sender is told of what nobody would read. */
    @Test
    void answersMayGrowAndRequestsMayNot() {
        var sent = new TreeSet<String>();
        var answered = new TreeSet<String>();
        for (var operation : API.operations()) {
            gather(operation.definition().path("requestBody"), sent);
            gather(operation.definition().path("responses"), answered);
        }
        var closed = API.components().path("schemas").properties().stream()
                .filter(one ->
                        one.getValue().path("additionalProperties").asText().equals("false"))
                .map(one -> "#/components/schemas/" + one.getKey())
                .toList();

        assertThat(sent).isNotEmpty();
        assertThat(closed).containsExactlyInAnyOrderElementsOf(sent);
        assertThat(answered).contains("#/components/schemas/Order").doesNotContainAnyElementsOf(sent);
    }

    /** The names of schemas that are named there, or by one that is. */
    private static void gather(JsonNode from, Set<String> names) {
        for (var name : from.findValuesAsText("$ref")) {
            if (!name.contains("/schemas/") || names.add(name)) {
                gather(API.resolved(JsonNodeFactory.instance.objectNode().put("$ref", name)), names);
            }
        }
    }

    private static void look(String where, JsonNode schema, List<String> nameless) {
        if (schema.has("properties")) {
            nameless.add(where);
        }
        for (var part : Map.of("of", schema.path("items"), "to", schema.path("additionalProperties"))
                .entrySet()) {
            if (part.getValue().isObject()) {
                look(where + " " + part.getKey(), part.getValue(), nameless);
            }
        }
    }
}
