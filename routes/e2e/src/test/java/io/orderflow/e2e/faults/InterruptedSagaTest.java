package io.orderflow.e2e.faults;

import static io.orderflow.contracts.Role.INVENTORY;
import static io.orderflow.contracts.Role.NOTIFICATIONS;
import static io.orderflow.contracts.Role.PAYMENTS;
import static io.orderflow.e2e.shop.OrderForm.anOrder;
import static io.orderflow.e2e.shop.Shop.PRICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.e2e.shop.Mailbox;
import io.orderflow.e2e.shop.PausedWorkers;
import io.orderflow.e2e.shop.Shop;
import io.orderflow.e2e.shop.Site;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sagas in which a service is out for a while, so that its answer comes when the others are done. */
class InterruptedSagaTest {

    static Shop shop;

    @BeforeAll
    static void open() {
        shop = Shop.at(Site.fresh(), "--spring.main.sources=" + PausedWorkers.Module.class.getName());
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @AfterEach
    void takeBack() throws Exception {
        workers().goOn();
        for (var role : List.of(PAYMENTS, INVENTORY, NOTIFICATIONS)) {
            if (!shop.instance().roles().isRunning(role)) {
                shop.takesBack(role);
            }
        }
    }

    @Test
    void aChargeForWhatIsOutOfStockIsRefunded() throws Exception {
        var mug = shop.stocks(1);
        var cup = shop.stocks(5);
        var form = anOrder().of(2, mug).of(1, cup);

        shop.takesOut(INVENTORY);
        var order = shop.places(form);
        shop.eventually(order).hasSaid("OrderCreated", "PaymentCompleted").hasMoved(2 * PRICE + PRICE);
        shop.takesBack(INVENTORY);

        shop.eventually(order)
                .isCancelled("OUT_OF_STOCK", "REFUNDED")
                .isSettled()
                .hasSaid(
                        "OrderCreated",
                        "PaymentCompleted",
                        "StockRejected",
                        "OrderCancelled",
                        "PaymentRefunded",
                        "StockReleased")
                .hasMoved(0)
                .hasMails(form, "cancelled", "refunded");
        shop.eventuallyHas(mug, 1, 0, 0);
        shop.eventuallyHas(cup, 5, 0, 0);
    }

    @Test
    void aRefundThatFailsTwiceIsMadeInTheEnd() throws Exception {
        var mug = shop.stocks(0);
        var form = anOrder().of(1, mug).paidWith("tok_refund_fails_twice");

        shop.takesOut(INVENTORY);
        var order = shop.places(form);
        shop.eventually(order).hasMoved(PRICE);
        shop.takesBack(INVENTORY);

        shop.eventually(order)
                .isCancelled("OUT_OF_STOCK", "REFUNDED")
                .isSettled()
                .hasMoved(0)
                .hasMails(form, "cancelled", "refunded");
    }

    @Test
    void aCustomerCancelsBeforeAnybodyHasHeardOfTheOrder() throws Exception {
        var mug = shop.stocks(3);
        var form = anOrder().of(1, mug);

        shop.takesOut(PAYMENTS);
        shop.takesOut(INVENTORY);
        var order = shop.places(form);
        shop.cancels(order).expect(202);
        shop.takesBack(PAYMENTS);
        shop.takesBack(INVENTORY);

        shop.eventually(order).isSettled().hasMoved(0);
        assertThat(shop.looksAt(order).text("reason")).isEqualTo("CUSTOMER");
        shop.comesToRest();
        assertThat(shop.moneyFor(order)).isZero();
        shop.eventuallyHas(mug, 3, 0, 0);
    }

    @Test
    void aCancellationThatComesBetweenClaimAndCallLeavesNoCharge() {
        var mug = shop.stocks(3);
        var form = anOrder().of(1, mug);

        workers().pause("payments.charge-order");
        var order = shop.places(form);
        workers().awaitOne();
        shop.cancels(order).expect(202);
        shop.eventually(order).isCancelled("CUSTOMER", "VOIDED").isSettled();
        workers().goOn();

        shop.comesToRest();
        assertThat(shop.chargesFor(order)).isZero();
        shop.eventually(order)
                .isCancelled("CUSTOMER", "VOIDED")
                .hasSaid("OrderCreated", "StockReserved", "OrderCancelled", "PaymentVoided", "StockReleased")
                .hasMails(form, "cancelled");
        shop.eventuallyHas(mug, 3, 0, 0);
    }

    @Test
    void whileNobodyCallsTheProviderOrdersAreTakenAndWait() {
        var mug = shop.stocks(30);
        var forms = Shop.orders(30, mug);

        workers().pause("payments.charge-order");
        var orders = shop.placesAll(forms);
        workers().awaitOne();
        shop.eventuallyHas(mug, 30, 30, 0);
        assertThat(orders).allSatisfy(order -> assertThat(shop.looksAt(order).text("status"))
                .isEqualTo("PENDING"));
        workers().goOn();

        orders.forEach(order -> shop.eventually(order).isConfirmed());
        shop.eventuallyHas(mug, 0, 0, 30);
    }

    @Test
    void theProviderMayBeDownForAWhile() {
        var mug = shop.stocks(10);
        var forms = Shop.orders(10, mug);

        shop.providerIsAway(true);
        var orders = shop.placesAll(forms);
        shop.eventuallyHas(mug, 10, 10, 0);
        orders.forEach(order -> shop.eventually(order).comesTrue(() -> assertThat(shop.sql()
                        .queryForObject("select attempts from payments.work where order_id = ?", Integer.class, order))
                .isPositive()));
        var calledOff = orders.getFirst();
        shop.cancels(calledOff).expect(202);
        shop.providerIsAway(false);

        shop.comesToRest();
        shop.keepsItsBooks(forms, orders);
        assertThat(shop.looksAt(calledOff).text("reason")).isEqualTo("CUSTOMER");
        assertThat(shop.moneyFor(calledOff)).isZero();
        shop.eventuallyHas(mug, 1, 0, 9);
    }

    @Test
    void whenNotificationsComesBackEveryCustomerGetsEachMailOnce() throws Exception {
        var mug = shop.stocks(20);
        var good = Shop.orders(20, mug);
        var declined = Shop.orders(20, mug).stream()
                .map(form -> form.paidWith("tok_declined"))
                .toList();

        shop.takesOut(NOTIFICATIONS);
        var confirmed = shop.placesAll(good);
        var cancelled = shop.placesAll(declined);
        shop.settles(confirmed);
        shop.settles(cancelled);
        assertThat(good).allSatisfy(form -> assertThat(shop.mailsTo(form)).isEmpty());
        shop.takesBack(NOTIFICATIONS);

        shop.comesToRest();
        shop.keepsItsBooks(good, confirmed);
        shop.keepsItsBooks(declined, cancelled);
        assertThat(declined).allSatisfy(form -> assertThat(shop.mailsTo(form))
                .extracting(Mailbox.Mail::messageId)
                .doesNotContainNull());
    }

    private static PausedWorkers workers() {
        return shop.instance().get(PausedWorkers.class);
    }
}
