package io.orderflow.messaging.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.orderflow.contracts.Event;
import io.orderflow.contracts.OrderCancelled;
import io.orderflow.contracts.OrderCreated;
import io.orderflow.contracts.Topology;
import io.orderflow.messaging.tables.Envelope;
import io.orderflow.messaging.tables.EventCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No change breaks a reader within a version of a type: what each release wrote is valid by today's schema, and what is
 * written today by the schema of each release, its examples and whatever else today's schema admits. A new value of an
 * enumeration is the exception: it is understood by one release and written by the next, and until then stands in no
 * example.
 */
class ReleasedSchemasTest {

    private static final EventCodec CODEC = new EventCodec();
    private static final Path CHANGELOG = Path.of("../../CHANGELOG.md");

    static Stream<Class<? extends Event>> events() {
        return Topology.ORDERFLOW.channels().stream().flatMap(channel -> channel.events().stream());
    }

    /** A type, a release's folder, and the schema that the type had there in the same version. */
    static Stream<Arguments> released() throws IOException {
        return Goldens.releases().stream().flatMap(release -> events().flatMap(type -> {
            var file = release.resolve("schemas").resolve(Event.typeOf(type) + ".json");
            return Files.exists(file) && version(parsed(file)) == Event.versionOf(type)
                    ? Stream.of(Arguments.of(type, release, parsed(file)))
                    : Stream.empty();
        }));
    }

    @Test
    void everyReleaseKeptItsSchemasAndNoTypeOfThemIsGone() throws IOException {
        var releases = Pattern.compile("(?m)^## (\\d+\\.\\d+\\.\\d+)")
                .matcher(Files.readString(CHANGELOG))
                .results()
                .map(heading -> Goldens.FOLDER.resolve(heading.group(1)))
                .toList();
        var types = events().map(Event::typeOf).toList();

        assertThat(releases).isNotEmpty().allSatisfy(release -> {
            try (var schemas = Files.list(release.resolve("schemas"))) {
                assertThat(schemas.map(file -> file.getFileName().toString().replace(".json", "")))
                        .isNotEmpty()
                        .isSubsetOf(types);
            }
        });
        assertThat(released()).as("types that a release had in today's version").isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("events")
    void whatEveryReleaseWroteIsValidByTodaysSchema(Class<? extends Event> type) throws IOException {
        var schema = EventSchemas.of(type);
        for (var example : Goldens.of(type)) {
            var text = Files.readString(example);
            if (EventSchemas.EXACT.readTree(text).path("event_version").intValue() == Event.versionOf(type)) {
                assertThat(EventSchemas.admits(schema, text))
                        .as(example.toString())
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("released")
    void whatIsWrittenTodayIsValidByTheSchemaOfEveryRelease(Class<? extends Event> type, Path release, JsonNode schema)
            throws IOException {
        for (var example : Goldens.of(type)) {
            assertThat(EventSchemas.admits(EventSchemas.of(schema), written(type, Files.readString(example))))
                    .as("%s by the schema of %s", example, release)
                    .isTrue();
        }
    }

    private static String written(Class<? extends Event> type, String example) {
        var opened = CODEC.open(example.getBytes(StandardCharsets.UTF_8));
        return CODEC.encode(new Envelope(opened.eventId(), opened.sequence(), CODEC.read(opened, type)));
    }

    @ParameterizedTest
    @MethodSource("released")
    void norAdmitsTodaysSchemaWhatTheSchemaOfAReleaseRefuses(Class<? extends Event> type, Path release, JsonNode schema)
            throws IOException {
        assertThat(newlyAdmitted(EventSchemas.of(type).getSchemaNode(), schema, Goldens.latest(type)))
                .as("constraints that %s had; raise the event's version, or keep them", release)
                .isEmpty();
    }

    /** The constraints on which today's schema lets through what a reader by the other refuses. */
    private static TreeSet<String> newlyAdmitted(JsonNode today, JsonNode released, String example) throws IOException {
        var newer = EventSchemas.of(today);
        var older = EventSchemas.of(released);
        var found = new TreeSet<String>();
        var documents = new ArrayList<>(Variations.of(today, example));
        documents.addAll(Variations.of(released, example));
        for (var document : documents) {
            if (!document.constraint().endsWith(" enum")
                    && EventSchemas.admits(newer, document.text())
                    && !EventSchemas.admits(older, document.text())) {
                found.add(document.constraint());
            }
        }
        return found;
    }

    @Test
    void whatBreaksAReaderIsFound() throws IOException {
        assertThat(broken(
                        OrderCreated.class, schema -> put(schema, "/payload/properties/lines/items/properties/quantity")
                                .put("maximum", 20_000)))
                .containsExactly("/payload/lines/0/quantity maximum");
        assertThat(broken(OrderCreated.class, schema -> put(schema, "/payload/properties/customer_id")
                        .put("type", "integer")
                        .put("minimum", 1)))
                .contains("/payload/customer_id minimum");
        assertThat(broken(OrderCreated.class, schema -> required(schema).remove(1)))
                .containsExactly("/payload required");
        assertThat(broken(OrderCreated.class, schema -> put(schema, "/payload/properties")
                        .putObject("gift")
                        .put("type", "boolean")))
                .isEmpty();
        assertThat(broken(
                        OrderCancelled.class,
                        schema -> ((ArrayNode) schema.at("/properties/payload/properties/reason/enum")).add("FRAUD")))
                .isEmpty();
    }

    private static TreeSet<String> broken(Class<? extends Event> type, Consumer<JsonNode> change) throws IOException {
        var schema = EventSchemas.of(type).getSchemaNode();
        var changed = schema.deepCopy();
        change.accept(changed);
        return newlyAdmitted(changed, schema, Goldens.latest(type));
    }

    private static ObjectNode put(JsonNode schema, String path) {
        return (ObjectNode) schema.at("/properties" + path);
    }

    private static ArrayNode required(JsonNode schema) {
        return (ArrayNode) schema.at("/properties/payload/required");
    }

    private static int version(JsonNode schema) {
        return schema.at("/properties/event_version/const").intValue();
    }

    private static JsonNode parsed(Path file) {
        try {
            return EventSchemas.EXACT.readTree(file.toFile());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
