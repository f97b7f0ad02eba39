package io.orderflow.e2e.saga;

import static io.orderflow.e2e.shop.OrderForm.anOrder;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.app.operator.OperatorCommands;
import io.orderflow.e2e.shop.Shop;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Operators' commands, typed at a shop that runs. */
class TypedCommandsTest {

    private final Shop shop = Shop.withEveryRole();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void anOrderIsLookedUpAndWhatIsConfirmedIsNotCalledOff() {
        var order = shop.places(anOrder().of(1, shop.stocks(1)));
        shop.eventually(order).isConfirmed();

        assertThat(types("order", order.toString())).isZero();
        assertThat(out.toString()).contains(order.toString(), "CONFIRMED", "PaymentCompleted");
        assertThat(types("cancel", order.toString(), "--reason=she rang")).isEqualTo(1);
        assertThat(err.toString()).contains("409", "order: CONFIRMED already (expected: PENDING)");
    }

    @Test
    void everyTopicThatIsHeardHasItsLag() throws IOException {
        assertThat(types("lag", "--json")).isZero();

        assertThat(json().path("topics")
                        .valueStream()
                        .map(row -> row.path("service").asText() + " "
                                + row.path("topic").asText()))
                .contains("orders payment_events", "orders inventory_events", "notifications order_contacts");
        assertThat(json().path("topics").valueStream().map(row -> row.path("events")
                        .asLong()))
                .allMatch(events -> events >= 0);
    }

    @Test
    void whatIsParkedIsListed() throws IOException {
        assertThat(types("parked", "--json", "--limit=1")).isZero();
        assertThat(json().path("items").isArray()).isTrue();
        assertThat(types("parked", "--groups")).isZero();
    }

    private int types(String... line) {
        var address = Stream.of("--address=" + shop.instance().ops());
        return OperatorCommands.run(
                Map.of(),
                new PrintWriter(out),
                new PrintWriter(err),
                Stream.concat(Stream.of(line), address).toArray(String[]::new));
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(out.toString());
    }
}
