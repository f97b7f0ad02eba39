package io.orderflow.e2e.saga;

import static io.orderflow.e2e.shop.OrderForm.anOrder;
import static io.orderflow.e2e.shop.Shop.PRICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.e2e.shop.Shop;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The ways in which an order can go, each told from its placement to its last mail. */
class SagaTest {

    private final Shop shop = shop();

    /** Where the orders are placed. */
    Shop shop() {
        return Shop.withEveryRole();
    }

    @Test
    void aGoodOrderIsPaidReservedConfirmedAndSold() {
        var mug = shop.stocks(3);
        var form = anOrder().of(2, mug);

        var order = shop.places(form);

        shop.eventually(order)
                .isConfirmed()
                .isSettled()
                .hasSaid("OrderCreated", "PaymentCompleted", "StockReserved", "OrderConfirmed")
                .hasMoved(2 * PRICE)
                .hasMails(form, "confirmed");
        shop.eventuallyHas(mug, 1, 0, 2);
    }

    @Test
    void aDeclinedPaymentGivesTheStockBack() {
        var mug = shop.stocks(3);
        var form = anOrder().of(2, mug).paidWith("tok_declined");

        var order = shop.places(form);

        shop.eventually(order)
                .isCancelled("PAYMENT_DECLINED", "DECLINED")
                .isSettled()
                .hasSaid(
                        "OrderCreated",
                        "PaymentDeclined",
                        "StockReserved",
                        "OrderCancelled",
                        "PaymentVoided",
                        "StockReleased")
                .hasMoved(0)
                .hasMails(form, "cancelled");
        shop.eventuallyHas(mug, 3, 0, 0);
    }

    @Test
    void aCustomerCancelsWhileTheChargeIsUnderWay() {
        var mug = shop.stocks(3);
        var form = anOrder().of(1, mug).paidWith("tok_slow");
        var order = shop.places(form);
        shop.eventuallyHas(mug, 3, 1, 0);

        shop.cancels(order).expect(202);
        shop.cancels(order).expect(202);

        shop.eventually(order).isSettled().hasMoved(0);
        assertThat(shop.looksAt(order).text("reason")).isEqualTo("CUSTOMER");
        assertThat(shop.saidOf(order)).doesNotContain("OrderConfirmed").containsOnlyOnce("OrderCancelled");
        shop.eventuallyHas(mug, 3, 0, 0);
    }

    @Test
    void aConfirmedOrderCannotBeCancelled() {
        var mug = shop.stocks(3);
        var form = anOrder().of(1, mug);
        var order = shop.places(form);
        shop.eventually(order).isConfirmed();

        shop.cancels(order).expect(409);

        shop.comesToRest();
        shop.eventually(order).isConfirmed().hasMoved(PRICE).hasMails(form, 1);
    }

    @Test
    void aChargeWhoseAnswerIsLostIsMadeOnce() {
        var mug = shop.stocks(3);
        var lost = anOrder().of(1, mug).paidWith("tok_timeout_charged");
        var neverMade = anOrder().of(1, mug).paidWith("tok_timeout_not_charged");

        var first = shop.places(lost);
        var second = shop.places(neverMade);

        shop.eventually(first).isConfirmed().hasMoved(PRICE).hasMails(lost, 1);
        shop.eventually(second).isConfirmed().hasMoved(PRICE).hasMails(neverMade, 1);
        assertThat(shop.chargesFor(first)).isEqualTo(1);
        assertThat(shop.chargesFor(second)).isEqualTo(1);
        shop.eventuallyHas(mug, 1, 0, 2);
    }

    @Test
    void anOrderThatIsCancelledWhileItsChargeIsUnknownCostsNothing() {
        var mug = shop.stocks(2);
        var charged = shop.places(anOrder().of(1, mug).paidWith("tok_timeout_charged"));
        var notCharged = shop.places(anOrder().of(1, mug).paidWith("tok_timeout_not_charged"));
        shop.eventuallyHas(mug, 2, 2, 0);

        shop.cancels(charged);
        shop.cancels(notCharged);

        shop.eventually(charged).isSettled();
        shop.eventually(notCharged).isSettled();
        for (var order : List.of(charged, notCharged)) {
            shop.eventually(order).hasMoved(shop.looksAt(order).text("status").equals("CONFIRMED") ? PRICE : 0);
        }
    }

    @Test
    void allLinesAreReservedOrNone() {
        var mug = shop.stocks(1);
        var cup = shop.stocks(5);
        var form = anOrder().of(2, mug).of(1, cup);

        var order = shop.places(form);

        shop.eventually(order).isSettled().hasMoved(0);
        assertThat(shop.looksAt(order).text("reason")).isEqualTo("OUT_OF_STOCK");
        assertThat(shop.saidOf(order)).contains("StockRejected").doesNotContain("StockReserved", "OrderConfirmed");
        shop.eventuallyHas(mug, 1, 0, 0);
        shop.eventuallyHas(cup, 5, 0, 0);
    }

    @Test
    void theSameFormSentFiftyTimesAtOnceIsOneOrder() {
        var mug = shop.stocks(3);
        var form = anOrder().of(1, mug);

        var orders = shop.placesAll(Collections.nCopies(50, form));

        assertThat(orders).containsOnly(orders.getFirst());
        shop.eventually(orders.getFirst()).isConfirmed().hasMails(form, 1);
        shop.eventuallyHas(mug, 2, 0, 1);
    }
}
