package io.orderflow.http.ops;

import static io.orderflow.contracts.Role.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.http.ops.Shown.As;
import io.orderflow.messaging.ParkedSearch.Part;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PayloadTest {

    private static final UUID ID = UUID.randomUUID();

    @Test
    void textIsPutTogetherByItsPartsWithoutATornCharacter() {
        var text = "{\"name\":\"Zoë – 日本 😀\"}";
        for (int bytes = 1; bytes < 12; bytes++) {
            var value = text.getBytes(StandardCharsets.UTF_8);
            var together = new StringBuilder();
            Integer from = 0;
            while (from != null) {
                var part = Payload.of(ID, part(value, from, Math.max(4, bytes)), from, As.TEXT);
                together.append(part.value());
                assertThat(part.from() + part.bytes()).isEqualTo(part.next() == null ? value.length : part.next());
                from = part.next();
            }
            assertThat(together).hasToString(text);
        }
    }

    @Test
    void whatIsNoTextIsReplacedAndReadToItsEnd() {
        var value = new byte[] {(byte) 0xff, 'a', (byte) 0xe2};

        assertThat(Payload.of(ID, part(value, 0, 10), 0, As.TEXT))
                .returns("\uFFFDa\uFFFD", Payload::value)
                .returns(null, Payload::next);
        assertThat(Payload.of(ID, part("é".getBytes(StandardCharsets.UTF_8), 0, 1), 0, As.TEXT))
                .returns("\uFFFD", Payload::value)
                .returns(1, Payload::next);
    }

    @Test
    void hexHasTwoDigitsAByte() {
        var value = new byte[] {0, (byte) 0xff, 16};

        assertThat(Payload.of(ID, part(value, 1, 1), 1, As.HEX))
                .isEqualTo(new Payload(ID, "orders", 3L, 1, 1, As.HEX, "ff", 2, false));
        assertThat(Payload.of(ID, part(value, 7, 1), 7, As.HEX))
                .isEqualTo(new Payload(ID, "orders", 3L, 7, 0, As.HEX, "", null, false));
    }

    @Test
    void whatIsWithheldOrGoneHasNoContent() {
        assertThat(Payload.of(ID, new Part(ORDERS, 7L, true, new byte[0]), 0, As.TEXT))
                .isEqualTo(new Payload(ID, "orders", 7L, 0, 0, As.TEXT, null, null, true));
        assertThat(Payload.of(ID, new Part(ORDERS, null, false, new byte[0]), 0, As.TEXT))
                .isEqualTo(new Payload(ID, "orders", null, 0, 0, As.TEXT, null, null, false));
    }

    private static Part part(byte[] value, int from, int bytes) {
        int begin = Math.min(from, value.length);
        return new Part(
                ORDERS,
                (long) value.length,
                false,
                Arrays.copyOfRange(value, begin, Math.min(begin + bytes, value.length)));
    }
}
