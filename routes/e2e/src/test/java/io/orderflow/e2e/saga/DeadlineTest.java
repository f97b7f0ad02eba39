package io.orderflow.e2e.saga;

import static io.orderflow.e2e.shop.OrderForm.anOrder;
import static io.orderflow.e2e.shop.Shop.PRICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.contracts.Role;
import io.orderflow.e2e.shop.Shop;
import io.orderflow.e2e.shop.Site;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Silence, and what it means. */
class DeadlineTest {

    private final Shop shop = new Shop(Site.fresh());

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void anOrderThatNobodyAnswersInTimeIsCancelledAndCostsNothing() {
        shop.starts(Shop.everyRoleBut(Role.PAYMENTS), "--orderflow.orders.deadline=1s");
        var mug = shop.stocks(3);
        var form = anOrder().of(1, mug);

        var order = shop.places(form);
        shop.eventually(order).isCancelled("DEADLINE", "PENDING").hasMails(form, "cancelled");
        shop.eventuallyHas(mug, 3, 0, 0);
        assertThat(shop.looksAt(order).body().path("settled").asBoolean()).isFalse();
        shop.starts("--roles=payments");

        // Payments may have charged before it heard of the cancellation; then it refunds.
        shop.eventually(order).isSettled().hasMoved(0);
    }

    @Test
    void anOrderWhoseAnswerNobodyCanReadIsNotCalledOff() {
        shop.starts(Shop.everyRoleBut(Role.PAYMENTS), "--orderflow.orders.deadline=5s");
        var mug = shop.stocks(3);
        var answered = shop.places(anOrder().of(1, mug));
        shop.writes("payment_events", answered.toString(), "{\"event_id\": 7".getBytes(StandardCharsets.UTF_8));
        var silent = shop.places(anOrder().of(1, mug));

        shop.eventually(silent).isCancelled("DEADLINE", "PENDING");
        assertThat(shop.looksAt(answered).text("status")).isEqualTo("PENDING");
    }

    @Test
    void anOutageOfOrdersThatIsLongerThanTheDeadlineCancelsNothingThatWasPaid() {
        var orders = shop.starts("--roles=orders");
        var inventory = shop.starts("--roles=inventory");
        var mug = shop.stocks(20);
        var forms = Shop.orders(20, mug);
        var placed = shop.placesAll(forms);
        placed.forEach(order -> shop.eventually(order).hasSaid("OrderCreated", "StockReserved"));

        shop.stops(orders);
        shop.starts(Shop.everyRoleBut(Role.ORDERS, Role.INVENTORY));
        placed.forEach(order -> shop.eventually(order)
                .hasSaid("OrderCreated", "StockReserved", "PaymentCompleted")
                .hasMoved(PRICE));
        shop.customersUse(shop.starts("--roles=orders", "--orderflow.orders.deadline=1s"));

        placed.forEach(order -> shop.eventually(order).isConfirmed());
        shop.comesToRest();
        shop.keepsItsBooks(forms, placed);
        shop.customersUse(inventory);
        shop.eventuallyHas(mug, 0, 0, 20);
    }
}
