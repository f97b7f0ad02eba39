package io.orderflow.messaging.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.contracts.Channel;
import io.orderflow.contracts.Event;
import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import io.orderflow.messaging.tables.EventCodec;
import io.orderflow.messaging.tables.Received;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each example of the AsyncAPI document is read by the services that the document says read it, headers and all. */
class AsyncApiExamplesTest {

    private static final Path DOCUMENT = Path.of("../app/src/main/resources/asyncapi.json");
    private static final EventCodec CODEC = new EventCodec();

    private static JsonNode document() {
        try {
            return new ObjectMapper().readTree(DOCUMENT.toFile());
        } catch (IOException e) {
            throw new IllegalStateException(DOCUMENT + ": mend it with: make render", e);
        }
    }

    /** The names of those that read. */
    static Stream<String> operations() {
        return document().path("operations").properties().stream()
                .filter(one -> one.getValue().path("action").asText().equals("receive"))
                .map(one -> one.getKey());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void aReaderUnderstandsTheExamplesOfItsMessagesAndPassesTheOthersOver(String name) {
        var operation = document().at("/operations/" + name);
        var handled = operation.path("messages").findValuesAsText("$ref");
        var role = new Role(name.split("\\.")[0]);
        var channel = Topology.ORDERFLOW.find(name.split("\\.")[2]).orElseThrow();
        var decoder = new Decoder(CODEC, Topology.ORDERFLOW, channel, role);

        for (var message : document().at("/channels/" + channel + "/messages").properties()) {
            var reference = "#/channels/" + channel + "/messages/" + message.getKey();
            for (var example : document().at("/components/messages/" + message.getKey() + "/examples")) {
                var looked = decoder.look(received(channel, example));
                if (handled.contains(reference)) {
                    assertThat(looked).isInstanceOfSatisfying(Inbound.Understood.class, understood -> assertThat(
                                    Event.typeOf(understood.event().getClass()))
                            .isEqualTo(message.getKey()));
                } else {
                    assertThat(looked).as(reference).isInstanceOf(Inbound.Skipped.class);
                }
            }
        }
    }

    /** Nobody here reads these. */
    @Test
    void theExampleOfAParkedEventIsOne() {
        for (var example : document().at("/components/messages/EventParked/examples")) {
            var type = Topology.DEAD_LETTERS.events().iterator().next();
            assertThat(CODEC.read(CODEC.open(bytes(example.path("payload").toString())), type))
                    .isInstanceOf(type);
        }
    }

    private static Received received(Channel channel, JsonNode example) {
        var payload = example.path("payload");
        List<Received.Header> headers = example.path("headers").properties().stream()
                .map(one ->
                        new Received.Header(one.getKey(), bytes(one.getValue().textValue())))
                .toList();
        return new Received(
                channel.topic(),
                0,
                1,
                bytes(example.at("/headers/ce_subject").textValue()),
                payload.isNull() ? null : bytes(payload.toString()),
                Instant.now(),
                headers);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
