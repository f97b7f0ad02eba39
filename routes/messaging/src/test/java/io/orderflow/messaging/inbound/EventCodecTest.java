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
import io.orderflow.messaging.tables.Unreadable;
import java.io.IOException;
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

    static Stream<Class<? extends Event>> events() {
        return Topology.ORDERFLOW.channels().stream().flatMap(channel -> channel.events().stream());
    }

    static Stream<Arguments> examples() {
        return events().flatMap(type -> Goldens.of(type).stream().map(file -> Arguments.of(type, file)));
    }

    @ParameterizedTest
    @MethodSource("events")
    void hasAnExampleOfEveryEvent(Class<? extends Event> type) {
        assertThat(Goldens.of(type))
                .as("%s.json below %s", Event.typeOf(type), Goldens.FOLDER)
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
            var opened = CODEC.open(Goldens.latest(type).getBytes(StandardCharsets.UTF_8));
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
        var bytes = Goldens.latest(PaymentCompleted.class).replace(from, to).getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> CODEC.read(CODEC.open(bytes), PaymentCompleted.class))
                .isInstanceOf(Unreadable.class);
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
        var text = Goldens.latest(PaymentCompleted.class).replace(from, to == null ? "" : to);

        assertThatThrownBy(() -> CODEC.open(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Unreadable.class);
    }

    @Test
    void saysTheSameInOtherBytesAndSomethingElseWithAnyOtherValue() throws IOException {
        var golden = Goldens.latest(OrderCreated.class);
        var said = said(golden);

        var again = golden.replaceAll("\\s", "")
                .replaceFirst("\\{\"event_id\":(\"[^\"]*\"),", "{\"more\":[1],")
                .replaceFirst(
                        "}$", ",\"event_id\":\"" + CODEC.open(bytes(golden)).eventId() + "\"}")
                .replace("\"sequence\":1", "\"sequence\":1.0")
                .replace(":2580", ":258e1")
                .replace("12:00:00.123456Z", "13:00:00.123456000+01:00")
                .replace("mug", "m\\u0075g");
        assertThat(said(again)).isEqualTo(said);
        assertThat(said(golden.replace("2580", "2581"))).isNotEqualTo(said);
        assertThat(said(golden.replace("123456Z", "123457Z"))).isNotEqualTo(said);
    }

    private static byte[] said(String text) {
        var opened = CODEC.open(bytes(text));
        return CODEC.said(opened, CODEC.read(opened, OrderCreated.class));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void refusesInvalidUtf8AndTrailingText() throws IOException {
        var bytes =
                Goldens.latest(OrderCreated.class).replace("ada", "a\u00ffa").getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> CODEC.open(bytes)).isInstanceOf(Unreadable.class);
        assertThatThrownBy(
                        () -> CODEC.open((Goldens.latest(OrderCreated.class) + " x").getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(Unreadable.class);
    }

    @Test
    void refusesAKnownTypeOnTheWrongTopicAndAHeaderThatContradictsTheBody() throws IOException {
        var decoder = new Decoder(CODEC, Topology.ORDERFLOW, Topology.ORDER_EVENTS, Role.PAYMENTS);

        assertThat(decoder.look(received(Goldens.latest(StockReserved.class), List.of())))
                .isInstanceOfSatisfying(Inbound.Refused.class, refused -> {
                    assertThat(refused.reason()).isEqualTo(Parking.Reason.UNREADABLE);
                    assertThat(refused.error()).contains("inventory_events");
                });
        assertThat(decoder.look(
                        received(Goldens.latest(OrderCreated.class), List.of(header("ce_type", "OrderConfirmed")))))
                .isInstanceOf(Inbound.Refused.class);
        assertThat(decoder.look(
                        received(Goldens.latest(OrderCreated.class), List.of(header("CamelKafkaOverrideTopic", "x")))))
                .isInstanceOf(Inbound.Understood.class);
    }

    /** What a later release means by it, nobody here can know. */
    @Test
    void keepsANewerVersionAsNotUnderstood() throws IOException {
        var decoder = new Decoder(CODEC, Topology.ORDERFLOW, Topology.ORDER_EVENTS, Role.PAYMENTS);
        var newer = Goldens.latest(OrderCreated.class).replace("\"event_version\": 1", "\"event_version\": 2");

        assertThat(decoder.look(received(newer, List.of())))
                .isInstanceOfSatisfying(Inbound.Refused.class, refused -> assertThat(refused.reason())
                        .isEqualTo(Parking.Reason.NOT_UNDERSTOOD));
    }

    @Test
    void skipsWhatTheRoleDoesNotHandle() throws IOException {
        var decoder = new Decoder(CODEC, Topology.ORDERFLOW, Topology.ORDER_EVENTS, Role.NOTIFICATIONS);

        assertThat(decoder.look(received(Goldens.latest(OrderCreated.class), List.of())))
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
}
