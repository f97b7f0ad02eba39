package io.orderflow.e2e.saga;

import static io.orderflow.contracts.Topology.ORDER_EVENTS;
import static io.orderflow.e2e.shop.OrderForm.anOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.e2e.shop.Client;
import io.orderflow.e2e.shop.Journal;
import io.orderflow.e2e.shop.Shop;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Operators see any order, and call it off in its customer's place. */
class CalledOffOrderTest {

    private static final String REASON = "{\"reason\":\"she rang\"}";

    private final Shop shop = Shop.withEveryRole();
    private final Client eve = new Client(shop.instance().ops(), "X-Customer-Id", "eve");

    @Test
    void anOperatorCallsAnOrderOffAndTheEventTheHistoryAndTheRecordNameHim() {
        var mug = shop.stocks(3);
        var form = anOrder().of(1, mug).paidWith("tok_slow");
        var order = shop.places(form);
        shop.eventuallyHas(mug, 3, 1, 0);

        callsOff(order, 202);
        callsOff(order, 202);

        shop.eventually(order)
                .isSettled()
                .hasMoved(0)
                .hasMails(form, "cancelled")
                .comesTrue(() -> assertThat(cancellationsOf(order)).hasSize(1).allMatch(said -> said.body()
                        .at("/payload")
                        .toString()
                        .equals("{\"reason\":\"CUSTOMER\",\"by\":\"operator\"}")));
        var seen = eve.get("/ops/orders/" + order).expect(200).body();
        assertThat(seen).isEqualTo(shop.looksAt(order).body());
        assertThat(seen.path("reason").asText()).isEqualTo("CUSTOMER");
        assertThat(seen.path("history")
                        .valueStream()
                        .filter(step -> step.path("event").asText().equals("OrderCancelled"))
                        .map(step -> step.path("by").asText()))
                .containsExactly("operator");
        assertThat(seen.at("/history/0").has("by"))
                .as("of a step that nobody took in another's place")
                .isFalse();
        assertThat(shop.sql().queryForList("""
                select concat_ws(' ', caller, action, reason, result, was, became) from orders.audit
                where target = ? order by at""", String.class, cancellationOf(order)))
                .containsExactly(
                        "eve orders.take-call-off she rang DONE PENDING CANCELLED",
                        "eve orders.take-call-off she rang DONE");
    }

    @Test
    void whatIsConfirmedNoOperatorCallsOff() {
        var mug = shop.stocks(1);
        var order = shop.places(anOrder().of(1, mug));
        shop.eventually(order).isConfirmed();

        callsOff(order, 409);
        callsOff(UUID.randomUUID(), 404);

        assertThat(eve.get("/ops/orders/" + order).expect(200).text("status")).isEqualTo("CONFIRMED");
        assertThat(eve.get("/ops/orders/" + UUID.randomUUID()).status()).isEqualTo(404);
    }

    private void callsOff(UUID order, int status) {
        eve.post(cancellationOf(order), "any", REASON).expect(status);
    }

    private static String cancellationOf(UUID order) {
        return "/ops/orders/" + order + "/cancellation";
    }

    private List<Journal.Entry> cancellationsOf(UUID order) {
        return shop.journal().of(order).stream()
                .filter(entry -> entry.topic().equals(ORDER_EVENTS.topic())
                        && entry.type().equals("OrderCancelled"))
                .toList();
    }
}
