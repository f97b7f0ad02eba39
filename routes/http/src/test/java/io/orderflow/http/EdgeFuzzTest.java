package io.orderflow.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;

/**
 * Any text is a key or a cursor, or is refused with 400; nothing else comes out. Every build runs the committed inputs;
 * {@code JAZZER_FUZZ=1} looks for new ones.
 */
class EdgeFuzzTest {

    private static final DefaultCamelContext CAMEL = new DefaultCamelContext();

    @FuzzTest
    void textIsAKeyOrIsRefused(byte[] text) {
        var header = new String(text, StandardCharsets.ISO_8859_1);
        var exchange = new DefaultExchange(CAMEL);
        new Request(
                        "POST",
                        "/things",
                        Map.of(),
                        "",
                        Set.of(),
                        Map.of(IdempotencyKey.HEADER, List.of(header)),
                        new byte[0])
                .attachTo(exchange);
        try {
            assertThat(IdempotencyKey.of(exchange).value())
                    .hasSizeBetween(1, 255)
                    .matches("[ -~]+");
        } catch (Refusal refusal) {
            assertThat(refusal.problem().status()).isEqualTo(400);
        }
    }

    @FuzzTest
    void textIsACursorOrIsRefused(byte[] text) {
        var cursor = new String(text, StandardCharsets.ISO_8859_1);
        try {
            var key = Paging.decoded("ada /things", cursor);
            assertThat(Paging.decoded("ada /things", Paging.encoded("ada /things", key)))
                    .isEqualTo(key);
        } catch (Refusal refusal) {
            assertThat(refusal.problem().status()).isEqualTo(400);
        }
    }
}
