package io.orderflow.e2e.saga;

import static io.orderflow.e2e.shop.OrderForm.anOrder;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.contracts.Topology;
import io.orderflow.e2e.shop.Journal;
import io.orderflow.e2e.shop.Shop;
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

    private List<Journal.Entry> contactsOf(UUID order) {
        return shop.journal().withContactOf(order).stream()
                .filter(entry -> entry.topic().equals(Topology.ORDER_CONTACTS.topic()))
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
