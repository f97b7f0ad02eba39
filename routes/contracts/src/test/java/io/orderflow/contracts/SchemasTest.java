package io.orderflow.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each event has a JSON Schema that names exactly the members of its record. */
class SchemasTest {

    /** Members that came to a type later, which events of before do not have. */
    private static final Map<Class<? extends Event>, List<String>> MAY_BE_MISSING =
            Map.of(OrderCancelled.class, List.of("by"));

    static Stream<Class<? extends Event>> events() {
        return Topology.ORDERFLOW.channels().stream().flatMap(channel -> channel.events().stream());
    }

    @ParameterizedTest
    @MethodSource("events")
    void theSchemaNamesTheMembersOfTheRecord(Class<? extends Event> type) throws IOException {
        var schema = schema(type);

        assertThat(schema.at("/properties/event_type/const").textValue()).isEqualTo(Event.typeOf(type));
        assertThat(schema.at("/properties/event_version/const").intValue()).isEqualTo(Event.versionOf(type));
        var members = members(type);
        assertThat(schema.at("/properties/payload/properties").properties().stream()
                        .map(Map.Entry::getKey))
                .containsExactlyElementsOf(members);
        var required = new ArrayList<>(members);
        required.removeAll(MAY_BE_MISSING.getOrDefault(type, List.of()));
        assertThat(schema.at("/properties/payload/required").valueStream().map(JsonNode::textValue))
                .containsExactlyElementsOf(required);
    }

    @ParameterizedTest
    @MethodSource("events")
    void theEnvelopeIsThatOfAllOthers(Class<? extends Event> type) throws IOException {
        assertThat(envelope(type)).isEqualTo(envelope(OrderCreated.class));
    }

    private static JsonNode envelope(Class<? extends Event> type) throws IOException {
        return ((ObjectNode) schema(type).path("properties"))
                .without(List.of("event_type", "event_version", "payload"));
    }

    private static JsonNode schema(Class<? extends Event> type) throws IOException {
        try (var file = Event.class.getResourceAsStream("/schemas/" + Event.typeOf(type) + ".json")) {
            assertThat(file).as("schemas/" + Event.typeOf(type) + ".json").isNotNull();
            return new ObjectMapper().readTree(file);
        }
    }

    private static List<String> members(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .filter(name -> !name.equals("orderId") && !name.equals("occurredAt"))
                .map(name -> name.replaceAll("([A-Z])", "_$1").toLowerCase())
                .toList();
    }
}
