package io.orderflow.orders;

import static io.orderflow.orders.Told.TOTAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.contracts.CancellationReason;
import io.orderflow.contracts.ContactErased;
import io.orderflow.http.fixture.EdgeFixture;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a client is told beside an answer: whether it is an earlier one's, and whether it is still the same. */
class OrderAnswersTest {

    private static final UUID ID = new UUID(0, 1);

    @RegisterExtension
    static final EdgeFixture HTTP = EdgeFixture.of(new OrdersApi(
            OrdersApiTest.CHANNELS,
            OrdersApiTest.QUERIES,
            OrdersApiTest.NO_KEYS,
            new AwaitedOrders(new OrderStatesInMemory())));

    /** What is said with a first order is said with no repeated one. */
    @Test
    void saysOfARepeatedOrderThatItIsOne() {
        var accepted = new Placement.Accepted(ID, TOTAL);
        HTTP.mock("placements").whenExchangeReceived(1, e -> e.getMessage()
                .setBody(new Placed(accepted, List.of(new ContactErased(ID, Instant.EPOCH)))));
        HTTP.mock("placements").whenExchangeReceived(2, e -> e.getMessage().setBody(Placed.nothing(accepted)));
        HTTP.mock("placements")
                .whenExchangeReceived(3, e -> e.getMessage().setBody(Placed.nothing(new Placement.KeyTaken())));

        assertThat(post().headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(post().headers().firstValue("Idempotent-Replayed")).hasValue("true");
        assertThat(post().headers().firstValue("Idempotent-Replayed")).isEmpty();
    }

    /** Who may not read it is told 404 as ever, which {@link OrdersApiTest} sees. */
    @Test
    void readsAnOrderAgainOnlyWhereItIsAnother() {
        HTTP.mock("order").whenAnyExchangeReceived(e -> e.getMessage()
                .setBody(List.of(new OrderEntity(Told.pending(ID).cancelled(CancellationReason.CUSTOMER)))));

        var first = HTTP.get("/orders/" + ID);
        var again = HTTP.get(
                "/orders/" + ID,
                "If-None-Match",
                first.headers().firstValue("ETag").orElseThrow());

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.headers().allValues("Cache-Control")).containsExactly("private, no-cache");
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    private static HttpResponse<String> post() {
        return HTTP.post("/orders", OrdersApiTest.GOOD, "Idempotency-Key", "k-1");
    }
}
