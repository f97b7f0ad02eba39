package io.orderflow.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The AsyncAPI document is one, and says what the declaration says. */
class AsyncApiTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent().getParent();

    /** Keywords that draft 7, of which AsyncAPI's own schemas are made, and 2020-12 understand alike. */
    private static final Set<String> COMMON = Set.of(
            "title",
            "description",
            "type",
            "required",
            "properties",
            "format",
            "pattern",
            "const",
            "enum",
            "minimum",
            "maximum",
            "minLength",
            "maxLength",
            "minItems",
            "items",
            "x-schema");

    private final ObjectNode document = new AsyncApi(Topology.ORDERFLOW, ROOT).document();

    @Test
    void itIsWhatTheSpecificationAsksFor() throws IOException {
        assertThat(mistakesOf(document)).isEmpty();

        var broken = document.deepCopy();
        ((ObjectNode) broken.at("/operations/orders.send.order_events")).put("action", "publish");
        assertThat(mistakesOf(broken)).isNotEmpty();
        broken = document.deepCopy();
        ((ObjectNode) broken.at("/channels/order_contacts/bindings/kafka/topicConfiguration")).put("retention.ms", "7");
        assertThat(mistakesOf(broken)).isNotEmpty();
    }

    private static Set<ValidationMessage> mistakesOf(JsonNode document) throws IOException {
        try (var specification =
                new GZIPInputStream(AsyncApiTest.class.getResourceAsStream("/asyncapi/3.0.0.json.gz"))) {
            return JsonSchemaFactory.getInstance(VersionFlag.V7)
                    .getSchema(specification)
                    .validate(document);
        }
    }

    @Test
    void whatItRefersToIsThereAndWhatIsThereIsReferredTo() {
        var referred = referred(document).collect(Collectors.toCollection(TreeSet::new));

        assertThat(referred).isNotEmpty().allSatisfy(reference -> assertThat(
                        document.at(reference.substring(1)).isObject())
                .as(reference)
                .isTrue());
        for (var kind : List.of("schemas", "messages")) {
            document.at("/components/" + kind).fieldNames().forEachRemaining(name -> assertThat(referred)
                    .contains("#/components/" + kind + "/" + name));
        }
    }

    private static Stream<String> referred(JsonNode node) {
        return Stream.concat(
                node.path("$ref").isTextual() ? Stream.of(node.path("$ref").textValue()) : Stream.empty(),
                node.valueStream().flatMap(AsyncApiTest::referred));
    }

    /** Told once more, from the rights that brokers are given. */
    @Test
    void whoeverMayWriteOrReadATopicHasAnOperationThere() {
        List<String> expected = new ArrayList<>();
        for (var right : Topology.ORDERFLOW.rights()) {
            if (right.operations().contains(Right.Operation.WRITE)) {
                expected.add(right.role() + ".send." + right.name());
            }
            if (right.kind() == Right.Kind.TOPIC && right.operations().contains(Right.Operation.READ)) {
                expected.add(right.role() + ".receive." + right.name());
            }
        }
        assertThat(document.path("operations").properties())
                .extracting(one -> one.getKey())
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(document.at("/operations/payments.receive.order_events/messages"))
                .extracting(one -> one.path("$ref").textValue())
                .containsExactly(
                        "#/channels/order_events/messages/OrderCreated",
                        "#/channels/order_events/messages/OrderCancelled");
        assertThat(document.at("/operations/payments.receive.order_events/bindings/kafka/groupId/enum/0")
                        .textValue())
                .isEqualTo("payments");
    }

    /** Console parks where it runs, as every reader, and its dead letters are as good as anybody's. */
    @Test
    void whoeverWritesAMessageAnywhereIsAmongItsSources() {
        for (var channel : Topology.WITH_CONSOLE.channels()) {
            for (var type : channel.events()) {
                assertThat(document.at(
                                "/components/messages/" + Event.typeOf(type) + "/headers/properties/ce_source/enum"))
                        .extracting(JsonNode::textValue)
                        .containsExactlyInAnyOrderElementsOf(channel.writers().stream()
                                .map(role -> "/orderflow/" + role)
                                .toList());
            }
        }
        assertThat(document.at("/channels/dead_letters/description").textValue())
                .contains("(and console, where it runs)");
        assertThat(document.at("/channels/order_events/description").textValue())
                .doesNotContain("console");
    }

    @Test
    void itsSchemasAreTheFilesWord() {
        for (var channel : Topology.ORDERFLOW.channels()) {
            for (var type : channel.events()) {
                var name = Event.typeOf(type);
                var file = (ObjectNode) Examples.schema(name);
                var id = file.remove("$id");
                assertThat(file.remove("$schema").textValue())
                        .isEqualTo("https://json-schema.org/draft/2020-12/schema");
                file.set("x-schema", id);

                assertThat(document.at("/components/schemas/" + name)).isEqualTo(file);
                assertThat(keywords(file)).as(name).allMatch(COMMON::contains);
            }
        }
    }

    private static Stream<String> keywords(JsonNode schema) {
        return Stream.of(
                        schema.properties().stream().map(one -> one.getKey()),
                        schema.path("properties").valueStream().flatMap(AsyncApiTest::keywords),
                        schema.has("items") ? keywords(schema.path("items")) : Stream.<String>empty())
                .flatMap(names -> names);
    }

    @Test
    void eachMessageHasAnExampleThatIsValid() {
        for (var message : document.at("/components/messages")) {
            assertThat(message.path("examples"))
                    .as(message.path("name").asText())
                    .isNotEmpty();
            for (var example : message.path("examples")) {
                assertThat(mistakes(message.path("headers"), example.path("headers")))
                        .isEmpty();
                assertThat(mistakes(message.path("payload"), example.path("payload")))
                        .isEmpty();
                assertThat(mistakes(message.at("/bindings/kafka/key"), example.at("/headers/ce_subject")))
                        .isEmpty();
                assertThat(example.path("headers").properties())
                        .as("an example of each header")
                        .hasSameSizeAs(message.at("/headers/properties").properties());
            }
        }
        assertThat(mistakes(document.at("/components/messages/ContactErased/payload"), JSON.createObjectNode()))
                .isNotEmpty();
    }

    private Set<ValidationMessage> mistakes(JsonNode schema, JsonNode value) {
        var resolvable = ((ObjectNode) schema).deepCopy();
        resolvable.set("components", document.path("components"));
        return JsonSchemaFactory.getInstance(VersionFlag.V7)
                .getSchema(resolvable)
                .validate(value);
    }
}
