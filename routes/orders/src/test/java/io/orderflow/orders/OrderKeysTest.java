package io.orderflow.orders;

import static io.orderflow.contracts.Role.ORDERS;
import static io.orderflow.orders.Told.TOTAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.http.Caller;
import io.orderflow.http.Idempotency;
import io.orderflow.http.IdempotencyKey;
import io.orderflow.http.Problem.FieldError;
import io.orderflow.http.fixture.EdgeFixture;
import io.orderflow.messaging.counter.Schemas;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Who has lost an answer finds the order by the key that it was sent under, and nobody finds another's. */
class OrderKeysTest {

    private static final JdbcTemplate JDBC = new JdbcTemplate(Schemas.fresh(ORDERS));
    private static final Idempotency KEYS = new Idempotency(JDBC, ORDERS);

    @RegisterExtension
    static final EdgeFixture HTTP = EdgeFixture.of(new OrdersApi(
            OrdersApiTest.CHANNELS,
            OrdersApiTest.QUERIES,
            OrderKeys.in(KEYS),
            new AwaitedOrders(new OrderStatesInMemory())));

    @BeforeEach
    void showWhatIsAskedFor() {
        HTTP.mock("order").whenAnyExchangeReceived(exchange -> {
            var asked = exchange.getMessage().getBody(OrderQuery.class);
            var order = Told.pending(asked.id());
            exchange.getMessage()
                    .setBody(asked.caller().equals(order.customerId()) ? List.of(new OrderEntity(order)) : List.of());
        });
    }

    @Test
    void findsTheOrderThatWasPlacedUnderTheKey() {
        var id = claimed("ada", "k-1", true);
        claimed("ada", "k-2", true);

        var found = find("ada", "k-1");

        assertThat(found.statusCode()).as(found.body()).isEqualTo(200);
        assertThat(found.body()).startsWith("{\"id\":\"" + id + "\",\"status\":\"PENDING\"");
        assertThat(found.headers().firstValue("ETag")).isPresent();
    }

    /** As it was sent with the order, bare or in quotes. */
    @Test
    void readsTheKeyAsTheHeaderHadIt() {
        var id = claimed("ada", "a key/with ~ & + \"all\"", true);

        assertThat(find("ada", "a key/with ~ & + \"all\"").body()).contains(id.toString());
        assertThat(find("ada", "\"a key/with ~ & + \"all\"\"").body()).contains(id.toString());
    }

    /** Also where both have used the same key, and whoever knows it. */
    @Test
    void findsNobodyElsesOrder() {
        var hers = claimed("ada", "shared", true);
        claimed("bob", "his", true);
        claimed("eve", "refused", false);

        assertThat(find("eve", "shared").statusCode()).isEqualTo(404);
        assertThat(find("ada", "his").statusCode()).isEqualTo(404);
        assertThat(find("eve", "refused").statusCode())
                .as("nothing is kept of it")
                .isEqualTo(404);
        assertThat(find("ada", "never used").statusCode()).isEqualTo(404);
        assertThat(find("ada", "shared").body()).contains(hers.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?idempotency_key",
                "?idempotency_key=",
                "?idempotency_key=%20k",
                "?idempotency_key=k%00",
                "?idempotency_key=%C3%A9",
                "?idempotency_key=k&idempotency_key=k",
                "?idempotency_key=k&limit=1",
                "?Idempotency-Key=k"
            })
    void refusesWhatIsNoKey(String query) {
        var answer = HTTP.get("/orders/by-key" + query, "X-Customer-Id", "ada");

        assertThat(answer.statusCode()).as(query).isEqualTo(400);
        assertThat(answer.body()).contains("malformed-request").doesNotContain("%C3");
    }

    @Test
    void refusesAKeyThatIsTooLong() {
        assertThat(find("ada", "k".repeat(256)).statusCode()).isEqualTo(400);
        assertThat(find("ada", "k".repeat(255)).statusCode()).isEqualTo(404);
    }

    private static HttpResponse<String> find(String caller, String key) {
        return HTTP.get(
                "/orders/by-key?idempotency_key=" + URLEncoder.encode(key, StandardCharsets.UTF_8),
                "X-Customer-Id",
                caller);
    }

    /** As orders claims a key with its answer. */
    private static UUID claimed(String caller, String key, boolean accepted) {
        var id = UUID.randomUUID();
        var wish = new PlaceOrder(id, new Caller(caller), new IdempotencyKey(key), "00".repeat(32), null);
        var placement = accepted
                ? new Placement.Accepted(id, TOTAL)
                : new Placement.Refused(List.of(new FieldError("/lines/0/sku", "is not known")));
        new JdbcOrderRows(JDBC, KEYS).claim(Map.of(wish, placement));
        return id;
    }
}
