package io.orderflow.messaging.inbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.orderflow.contracts.Channel;
import io.orderflow.contracts.Event;
import io.orderflow.contracts.OrderCreated;
import io.orderflow.contracts.PaymentCompleted;
import io.orderflow.contracts.Role;
import io.orderflow.contracts.StockReserved;
import io.orderflow.contracts.Topology;
import io.orderflow.messaging.Parking;
import io.orderflow.messaging.tables.Envelope;
import io.orderflow.messaging.tables.EventCodec;
import io.orderflow.messaging.tables.Received;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Events on the wire: each release's bytes stay readable, ours fit their schema, and nothing about money is guessed.
 */
class EventCodecTest {

    private static final EventCodec CODEC = new EventCodec();

    /** A folder for each release whose events changed. */
    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    static Stream<Class<? extends Event>> events() {
        return Topology.ORDERFLOW.channels().stream().flatMap(channel -> channel.events().stream());
    }

    static Stream<Arguments> examples() {
        return events().flatMap(type -> goldens(type).stream().map(file -> Arguments.of(type, file)));
    }

    @ParameterizedTest
    @MethodSource("events")
    void hasAnExampleOfEveryEvent(Class<? extends Event> type) {
        assertThat(goldens(type))
                .as("%s.json below %s", Event.typeOf(type), GOLDEN)
                .isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("examples")
    void readsWhatEveryReleaseHasWrittenAndWritesTheSame(Class<? extends Event> type, Path file) throws IOException {
        var golden = Files.readString(file);
        var opened = CODEC.open(golden.getBytes(StandardCharsets.UTF_8));

        var event = CODEC.read(opened, type);

        assertThat(event).isInstanceOf(type);
        var written = CODEC.encode(new Envelope(opened.eventId(), opened.sequence(), event));
        assertThat(new ObjectMapper().readTree(written)).isEqualTo(new ObjectMapper().readTree(golden));
    }

    @ParameterizedTest
    @MethodSource("events")
    void writesWhatItsSchemaAllows(Class<? extends Event> type) throws IOException {
        try (var file = Event.class.getResourceAsStream("/schemas/" + Event.typeOf(type) + ".json")) {
            var schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(file);
            var opened = CODEC.open(golden(type).getBytes(StandardCharsets.UTF_8));
            var written = CODEC.encode(new Envelope(opened.eventId(), 1, CODEC.read(opened, type)));

            assertThat(schema.validate(written, InputFormat.JSON)).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"amount_minor\": 2580|\"amount_minor\": -1",
                "\"amount_minor\": 2580|\"amount_minor\": 25.8",
                "\"amount_minor\": 2580|\"amount_minor\": \"2580\"",
                "\"amount_minor\": 2580|\"amount_minor\": true",
                "\"amount_minor\": 2580|\"amount_minor\": null",
                "\"amount_minor\": 2580|\"amount_minor\": 9223372036854775808",
                "\"amount_minor\": 2580|\"amount_minor\": 2580, \"amount_minor\": 1",
                "\"amount_minor\": 2580, |\"x\": 1, ",
                "\"EUR\"|\"eur\"",
                "\"EUR\"|978",
            })
    void refusesAnAmountThatIsNotExactlyOne(String from, String to) throws IOException {
        var bytes = golden(PaymentCompleted.class).replace(from, to).getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> CODEC.read(CODEC.open(bytes), PaymentCompleted.class))
                .isInstanceOf(EventCodec.Unreadable.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"event_version\": 1|\"event_version\": 0",
                "\"event_version\": 1|\"event_version\": \"latest\"",
                "\"event_version\": 1, |''",
                "2026-11-23T12:00:00.123456Z|yesterday",
                "\"sequence\": 1|\"sequence\": 0",
                "01a209b0-0000-7000-8000-000000000001|1-1-1-1-1",
                "}|",
            })
    void refusesABrokenEnvelope(String from, String to) throws IOException {
        var text = golden(PaymentCompleted.class).replace(from, to == null ? "" : to);

        assertThatThrownBy(() -> CODEC.open(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(EventCodec.Unreadable.class);
    }

    @Test
    void refusesInvalidUtf8AndTrailingText() throws IOException {
        var bytes = golden(OrderCreated.class).replace("ada", "a\u00ffa").getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> CODEC.open(bytes)).isInstanceOf(EventCodec.Unreadable.class);
        assertThatThrownBy(() -> CODEC.open((golden(OrderCreated.class) + " x").getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(EventCodec.Unreadable.class);
    }

    @Test
    void refusesAKnownTypeOnTheWrongTopicAndAHeaderThatContradictsTheBody() throws IOException {
        var decoder = new Decoder(CODEC, Topology.ORDERFLOW, Topology.ORDER_EVENTS, Role.PAYMENTS);

        assertThat(decoder.look(received(golden(StockReserved.class), List.of())))
                .isInstanceOfSatisfying(Inbound.Refused.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(Parking.Reason.UNREADABLE);
                    assertThat(refused.error()).contains("inventory_events");
                });
        assertThat(decoder.look(received(golden(OrderCreated.class), List.of(header("ce_type", "OrderConfirmed")))))
                .isInstanceOf(Inbound.Refused.class);
        assertThat(decoder.look(received(golden(OrderCreated.class), List.of(header("CamelKafkaOverrideTopic", "x")))))
                .isInstanceOf(Inbound.Understood.class);
    }

    /** What a later release means by it, nobody here can know. */
    @Test
    void keepsANewerVersionAsNotUnderstood() throws IOException {
        var decoder = new Decoder(CODEC, Topology.ORDERFLOW, Topology.ORDER_EVENTS, Role.PAYMENTS);
        var newer = golden(OrderCreated.class).replace("\"event_version\": 1", "\"event_version\": 2");

        assertThat(decoder.look(received(newer, List.of())))
                .isInstanceOfSatisfying(Inbound.Refused.class, refused -> assertThat(refused.reason())
                        .isEqualTo(Parking.Reason.NOT_UNDERSTOOD));
    }

    @Test
    void skipsWhatTheRoleDoesNotHandle() throws IOException {
        var decoder = new Decoder(CODEC, Topology.ORDERFLOW, Topology.ORDER_EVENTS, Role.NOTIFICATIONS);

        assertThat(decoder.look(received(golden(OrderCreated.class), List.of())))
                .isInstanceOf(Inbound.Skipped.class);
    }

    @Test
    void readsATombstoneAsTheEventThatItStandsFor() {
        Channel contacts = Topology.ORDER_CONTACTS;
        var order = UUID.randomUUID();
        var decoder = new Decoder(CODEC, Topology.ORDERFLOW, contacts, Role.NOTIFICATIONS);
        var received = new Received(
                contacts.topic(),
                0,
                7,
                order.toString().getBytes(StandardCharsets.UTF_8),
                null,
                Instant.now(),
                List.of());

        assertThat(decoder.look(received))
                .isInstanceOfSatisfying(Inbound.Understood.class, understood -> assertThat(understood.event())
                        .isInstanceOf(contacts.tombstone()));
    }

    private static Received.Header header(String name, String value) {
        return new Received.Header(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static Received received(String value, List<Received.Header> headers) {
        return new Received(
                "order_events",
                0,
                1,
                "01a209b0-0000-7000-8000-000000000001".getBytes(StandardCharsets.UTF_8),
                value.getBytes(StandardCharsets.UTF_8),
                Instant.now(),
                headers);
    }

    private static String golden(Class<? extends Event> type) throws IOException {
        return Files.readString(goldens(type).getLast());
    }

    private static List<Path> goldens(Class<? extends Event> type) {
        try (var releases = Files.list(GOLDEN)) {
            return releases.sorted()
                    .map(release -> release.resolve(Event.typeOf(type) + ".json"))
                    .filter(Files::exists)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
