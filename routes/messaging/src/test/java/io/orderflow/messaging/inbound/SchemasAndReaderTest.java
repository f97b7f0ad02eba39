package io.orderflow.messaging.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderflow.contracts.Event;
import io.orderflow.contracts.Topology;
import io.orderflow.messaging.tables.EventCodec;
import io.orderflow.messaging.tables.Unreadable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Who writes by the published schema is read, and nobody else: a validator and the reader say the same of documents
 * made from the schema, on both sides of each of its constraints.
 */
class SchemasAndReaderTest {

    private static final EventCodec CODEC = new EventCodec();

    static Stream<Class<? extends Event>> events() {
        return Topology.ORDERFLOW.channels().stream().flatMap(channel -> channel.events().stream());
    }

    @ParameterizedTest
    @MethodSource("events")
    void theReaderReadsWhatTheSchemaAdmitsAndRefusesWhatItRefuses(Class<? extends Event> type) throws IOException {
        var schema = EventSchemas.of(type);
        var admits = new TreeMap<Boolean, TreeSet<String>>();
        for (var document : Variations.of(schema.getSchemaNode(), Goldens.latest(type))) {
            boolean admitted = schema.validate(EventSchemas.EXACT.readTree(document.text()))
                    .isEmpty();

            assertThat(reads(document.text(), type))
                    .as("%s, which the schema %s: %s", document.constraint(), admitted ? "admits" : "refuses", document)
                    .isEqualTo(admitted);
            admits.computeIfAbsent(admitted, side -> new TreeSet<>()).add(document.constraint());
        }
        assertThat(admits.get(false)).as("constraints that refused something").containsAll(constraints(admits));
        assertThat(admits.get(true)).as("constraints that admitted something").containsAll(constraints(admits));
    }

    /** Those that can refuse: a list of any length, and an object where another kind was tried, are never wrong. */
    private static List<String> constraints(TreeMap<Boolean, TreeSet<String>> admits) {
        return admits.values().stream()
                .flatMap(TreeSet::stream)
                .filter(constraint -> !constraint.endsWith(" items") && !constraint.endsWith(" type"))
                .distinct()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("events")
    void whateverUnknownMembersHoldTheEventIsRead(Class<? extends Event> type) throws IOException {
        var unknown = Stream.of(
                        "1, \"more\": 2, \"more\": [3]",
                        "[".repeat(10_000) + "]".repeat(10_000),
                        "{\"a\":".repeat(10_000) + "{}" + "}".repeat(10_000),
                        "9".repeat(100_000),
                        "-0." + "1".repeat(100_000) + "e" + "9".repeat(1_000),
                        "\"" + "\\u0000\\ud800x".repeat(10_000) + "\"",
                        "{\"" + "n".repeat(100_000) + "\": null}",
                        "{\"twice\": 1, \"twice\": {\"twice\": 2, \"twice\": 3}}")
                .map(value -> "{\"more\": " + value + ", ")
                .toList();

        for (var more : unknown) {
            // At the front of each object of the event, the innermost, too.
            var text = Goldens.latest(type).replaceAll("\\{(?=\\s*\")", more.replace("\\", "\\\\"));
            assertThat(CODEC.read(CODEC.open(bytes(text)), type))
                    .as(more.substring(0, Math.min(more.length(), 80)))
                    .isEqualTo(CODEC.read(CODEC.open(bytes(Goldens.latest(type))), type));
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void aKnownMemberIsThereOnce(Class<? extends Event> type) throws IOException {
        var golden = Goldens.latest(type);
        for (var name : names(EventSchemas.EXACT.readTree(golden)).collect(Collectors.toCollection(TreeSet::new))) {
            var member = Pattern.compile("\"" + name + "\"\\s*:").matcher(golden);
            assertThat(member.find()).isTrue();
            var twice = member.replaceFirst("\"" + name + "\": 1, $0");
            var deep = member.replaceFirst("$0 " + "[".repeat(10_000) + "]".repeat(10_000) + ", \"more\":");

            assertThat(List.of(reads(twice, type), reads(deep, type))).as(name).containsOnly(false);
        }
    }

    private static Stream<String> names(JsonNode node) {
        return Stream.concat(
                node.isObject() ? node.properties().stream().map(Map.Entry::getKey) : Stream.empty(),
                node.valueStream().flatMap(SchemasAndReaderTest::names));
    }

    private static boolean reads(String text, Class<? extends Event> type) {
        try {
            var opened = CODEC.open(bytes(text));
            CODEC.read(opened, type);
            // Another type or a later version is kept apart by the reader, not by the codec.
            return opened.type().equals(Event.typeOf(type)) && opened.version() == Event.versionOf(type);
        } catch (Unreadable e) {
            return false;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
