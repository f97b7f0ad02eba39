package io.orderflow.e2e.saga;

import static io.orderflow.contracts.Role.NOTIFICATIONS;
import static io.orderflow.contracts.Topology.ORDER_CONTACTS;
import static io.orderflow.e2e.shop.OrderForm.anOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.e2e.shop.Client;
import io.orderflow.e2e.shop.Journal;
import io.orderflow.e2e.shop.OrderForm;
import io.orderflow.e2e.shop.Shop;
import io.orderflow.messaging.Parking;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Names and addresses go when nobody has to write to their owners any more. */
class ErasureTest {

    private final Shop shop = Shop.withEveryRole();

    @Test
    void aMonthAfterAnOrderIsSettledNobodyKnowsItsCustomerWhoseMailWasSent() {
        var mug = shop.stocks(2);
        var form = anOrder().of(1, mug);
        var another = anOrder().of(1, mug);
        var order = shop.places(form);
        var young = shop.places(another);
        shop.eventually(order).isConfirmed().hasMails(form, "confirmed");
        shop.eventually(young).isConfirmed().hasMails(another, "confirmed");

        shop.sql().update("update orders.orders set settled_at = now() - interval '31 days' where id = ?", order);

        shop.eventually(order).comesTrue(() -> {
            assertThat(contactsOf(order)).hasSize(2).last().matches(entry -> entry.value() == null);
            assertThat(recipientOf(order)).isEqualTo("null null erased");
        });
        shop.repeats(contactsOf(order).subList(0, 1));
        shop.comesToRest();
        assertThat(recipientOf(order)).isEqualTo("null null erased");
        assertThat(recipientOf(young)).contains(another.email()).doesNotContain("erased");
        shop.eventually(order).hasMails(form, 1).comesTrue(() -> assertThat(
                        shop.looksAt(order).body().at("/history"))
                .last()
                .matches(step -> step.at("/event").asText().equals("ContactErased")));
    }

    @Test
    void whatIsParkedOfACustomerIsErasedWithHimAndKeepsNoErasureWaiting() {
        var mug = shop.stocks(1);
        var form = anOrder().of(1, mug);
        var order = shop.places(form);
        shop.eventually(order).isConfirmed().hasMails(form, "confirmed");
        shop.writes(ORDER_CONTACTS.topic(), order.toString(), unreadable(form), ofALaterVersion(order, form));
        shop.eventually(order).comesTrue(() -> assertThat(parkedOf(order))
                .containsExactly("UNREADABLE PARKED kept", "NOT_UNDERSTOOD PARKED kept"));

        shop.sql().update("update orders.orders set settled_at = now() - interval '31 days' where id = ?", order);

        shop.eventually(order).comesTrue(() -> assertThat(parkedOf(order))
                .containsExactly("UNREADABLE DISCARDED gone", "NOT_UNDERSTOOD DISCARDED gone"));
        shop.eventually(order).comesTrue(() -> assertThat(recipientOf(order)).isEqualTo("null null erased"));
    }

    @Test
    void whoAsksForItIsForgottenBeforeItIsTimeAndInWhatIsParked() {
        var mug = shop.stocks(1);
        var form = anOrder().of(1, mug);
        var order = shop.places(form);
        shop.eventually(order).isConfirmed().hasMails(form, "confirmed");
        shop.writes(ORDER_CONTACTS.topic(), order.toString(), ofALaterVersion(order, form));
        shop.eventually(order).comesTrue(() -> assertThat(parkedOf(order)).hasSize(1));

        forgets(order, 409);
        settledMinutesAgo(order, 15);
        forgets(order, 202);
        forgets(order, 202);

        shop.eventually(order).comesTrue(() -> {
            assertThat(parkedOf(order)).containsExactly("NOT_UNDERSTOOD DISCARDED gone");
            assertThat(recipientOf(order)).isEqualTo("null null erased");
        });
        assertThat(shop.looksAt(order)
                        .body()
                        .path("history")
                        .valueStream()
                        .filter(step -> step.path("event").asText().equals("ContactErased"))
                        .map(step -> step.path("by").asText()))
                .containsExactly("operator");
        assertThat(shop.sql().queryForList("""
                select concat_ws(' ', caller, action, reason, was, became) from orders.audit
                where target = ? order by at""", String.class, erasureOf(order)))
                .containsExactly(
                        "eve orders.take-erasure he asked",
                        "eve orders.take-erasure he asked known erased",
                        "eve orders.take-erasure he asked");
    }

    @Test
    void nobodyIsForgottenToWhomSomethingIsOwed() {
        var mug = shop.stocks(3);
        var order = shop.places(anOrder().of(1, mug).paidWith("tok_slow"));
        shop.eventuallyHas(mug, 3, 1, 0);

        forgets(order, 409);

        shop.eventually(order).isSettled();
        settledMinutesAgo(order, 15);
        forgets(order, 202);
        shop.eventually(order).comesTrue(() -> assertThat(recipientOf(order)).isEqualTo("null null erased"));
    }

    private void settledMinutesAgo(UUID order, int minutes) {
        shop.sql()
                .update(
                        "update orders.orders set settled_at = now() - make_interval(mins => ?) where id = ?",
                        minutes,
                        order);
    }

    private void forgets(UUID order, int status) {
        new Client(shop.instance().ops(), "X-Customer-Id", "eve")
                .post(erasureOf(order), "any", "{\"reason\":\"he asked\"}")
                .expect(status);
    }

    private static String erasureOf(UUID order) {
        return "/ops/orders/" + order + "/erasure";
    }

    @Test
    void aParkedContactThatIsSettledLeavesOnlyItsHash() {
        var mug = shop.stocks(1);
        var form = anOrder().of(1, mug);
        var order = shop.places(form);
        shop.eventually(order).isConfirmed();
        shop.writes(ORDER_CONTACTS.topic(), order.toString(), ofALaterVersion(order, form));
        shop.eventually(order).comesTrue(() -> assertThat(parkedOf(order)).hasSize(1));
        var id = shop.parkedOf(NOTIFICATIONS, order).getFirst().id();

        assertThat(shop.instance().parking().discard(NOTIFICATIONS, id)).isEqualTo(Parking.Result.DISCARDED);

        assertThat(parkedOf(order)).containsExactly("NOT_UNDERSTOOD DISCARDED gone");
        assertThat(shop.sql()
                        .queryForObject(
                                "select length(sha256) from notifications.parked where id = ?", Integer.class, id))
                .isEqualTo(32);
    }

    private List<String> parkedOf(UUID order) {
        return shop.sql().queryForList("""
                select reason || ' ' || state || case when value is null then ' gone' else ' kept' end
                from notifications.parked where key = ? order by position""", String.class, order.toString());
    }

    private static byte[] unreadable(OrderForm form) {
        return "{\"email\":\"%s\"}".formatted(form.email()).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] ofALaterVersion(UUID order, OrderForm form) {
        return """
                {"event_id":"%s","event_type":"OrderContact","event_version":9,"occurred_at":"2026-01-01T00:00:00Z",\
                "order_id":"%s","sequence":1,"payload":{"name":"Ada","email":"%s"}}""".formatted(UUID.randomUUID(), order, form.email()).getBytes(StandardCharsets.UTF_8);
    }

    private List<Journal.Entry> contactsOf(UUID order) {
        return shop.journal().withContactOf(order).stream()
                .filter(entry -> entry.topic().equals(ORDER_CONTACTS.topic()))
                .toList();
    }

    private String recipientOf(UUID order) {
        return shop.sql()
                .queryForObject(
                        "select concat_ws(' ', coalesce(name, 'null'), coalesce(email, 'null'), case when erased then 'erased' end)"
                                + " from notifications.recipient where order_id = ?",
                        String.class,
                        order);
    }
}
