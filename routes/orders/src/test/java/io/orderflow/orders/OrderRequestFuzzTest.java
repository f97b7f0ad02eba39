package io.orderflow.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.orderflow.http.Refusal;
import io.orderflow.http.StrictJson;

/**
 * Any bytes are an order or are refused with a problem; nothing else comes out. The committed inputs are run in every
 * build, new ones are found with JAZZER_FUZZ=1.
 */
class OrderRequestFuzzTest {

    @FuzzTest
    void bytesAreAnOrderOrAreRefused(byte[] body) {
        try {
            var order = StrictJson.read(body, OrderRequest.class);
            assertThat(order.lines()).isNotEmpty().allMatch(line -> line.quantity() > 0);
        } catch (Refusal refusal) {
            assertThat(refusal.problem().status()).isIn(400, 422);
        }
    }
}
