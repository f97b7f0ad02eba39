package io.orderflow.orders;

import static io.orderflow.orders.Told.NOW;
import static io.orderflow.orders.Told.TOTAL;
import static io.orderflow.orders.Told.completed;
import static io.orderflow.orders.Told.declined;
import static io.orderflow.orders.Told.line;
import static io.orderflow.orders.Told.pending;
import static io.orderflow.orders.Told.refunded;
import static io.orderflow.orders.Told.rejected;
import static io.orderflow.orders.Told.released;
import static io.orderflow.orders.Told.request;
import static io.orderflow.orders.Told.reserved;
import static io.orderflow.orders.Told.voided;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orderflow.contracts.CancellationReason;
import io.orderflow.contracts.Event;
import io.orderflow.contracts.Money;
import io.orderflow.contracts.OrderCancelled;
import io.orderflow.contracts.OrderConfirmed;
import io.orderflow.contracts.PaymentCompleted;
import io.orderflow.contracts.PaymentRefunded;
import io.orderflow.messaging.Contradiction;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DecisionsTest {

    private static final UUID ID = new UUID(0, 1);

    @Test
    void confirmsWhatIsPaidAndReserved() {
        var decision = last(completed(ID), reserved(ID));

        assertThat(decision.order().status()).isEqualTo(Status.CONFIRMED);
        assertThat(decision.says()).isEqualTo(new OrderConfirmed(ID, NOW, TOTAL));
        assertThat(decision.order().settled()).isTrue();
    }

    @Test
    void saysNothingAfterTheFirstOfTwoAnswers() {
        assertThat(last(completed(ID)).says()).isNull();
        assertThat(last(reserved(ID)).says()).isNull();
        assertThat(last(reserved(ID)).order().settled()).isFalse();
    }

    @Test
    void cancelsWhatIsDeclined() {
        var decision = last(reserved(ID), declined(ID));

        assertThat(decision.says()).isEqualTo(new OrderCancelled(ID, NOW, CancellationReason.PAYMENT_DECLINED));
        assertThat(decision.order().reason()).isEqualTo(CancellationReason.PAYMENT_DECLINED);
        assertThat(decision.order().settled()).isFalse();
    }

    @Test
    void cancelsWhatIsOutOfStock() {
        assertThat(last(completed(ID), rejected(ID)).says())
                .isEqualTo(new OrderCancelled(ID, NOW, CancellationReason.OUT_OF_STOCK));
    }

    @Test
    void settlesACancellationWhenBothHaveAnswered() {
        assertThat(last(completed(ID), rejected(ID), refunded(ID)).order().settled())
                .isFalse();
        assertThat(last(completed(ID), rejected(ID), released(ID)).order().settled())
                .isFalse();
        var settled =
                last(completed(ID), rejected(ID), refunded(ID), released(ID)).order();
        assertThat(settled.settled()).isTrue();
        assertThat(settled.payment()).isEqualTo(PaymentStatus.REFUNDED);
    }

    @Test
    void keepsARefundedPaymentRefundedWhenTheChargeIsHeardOfLate() {
        assertThat(last(rejected(ID), refunded(ID), completed(ID)).order().payment())
                .isEqualTo(PaymentStatus.REFUNDED);
    }

    @Test
    void keepsADeclinedPaymentDeclinedWhenItIsVoided() {
        for (var order : List.of(
                last(declined(ID), voided(ID), released(ID)).order(),
                last(rejected(ID), voided(ID), declined(ID), released(ID)).order())) {
            assertThat(order.payment()).isEqualTo(PaymentStatus.DECLINED);
            assertThat(order.settled()).isTrue();
        }
    }

    @Test
    void neverConfirmsWhatWasRefundedVoidedOrReleasedWhileItWasPending() {
        assertThat(last(refunded(ID), reserved(ID), completed(ID)).order().status())
                .isEqualTo(Status.PENDING);
        assertThat(last(voided(ID), reserved(ID)).order().status()).isEqualTo(Status.PENDING);
        assertThat(last(released(ID), completed(ID), reserved(ID)).order().status())
                .isEqualTo(Status.PENDING);
    }

    static Stream<Event> whatContradictsAConfirmation() {
        return Stream.of(declined(ID), refunded(ID), voided(ID), rejected(ID), released(ID));
    }

    @ParameterizedTest
    @MethodSource("whatContradictsAConfirmation")
    void refusesWhatContradictsAConfirmedOrder(Event event) {
        var confirmed = last(completed(ID), reserved(ID)).order();

        assertThatExceptionOfType(Contradiction.class)
                .isThrownBy(() -> Decisions.hear(confirmed, event, NOW))
                .withMessageContaining("order " + ID);
    }

    static Stream<List<Event>> whatContradictsItself() {
        return Stream.of(
                List.of(completed(ID), declined(ID)),
                List.of(declined(ID), completed(ID)),
                List.of(completed(ID), voided(ID)),
                List.of(voided(ID), completed(ID)),
                List.of(declined(ID), refunded(ID)),
                List.of(refunded(ID), declined(ID)),
                List.of(refunded(ID), voided(ID)),
                List.of(voided(ID), refunded(ID)),
                List.of(reserved(ID), rejected(ID)),
                List.of(rejected(ID), reserved(ID)));
    }

    @ParameterizedTest
    @MethodSource("whatContradictsItself")
    void refusesAnswersThatCannotBothBeTrue(List<Event> events) {
        assertThatExceptionOfType(Contradiction.class).isThrownBy(() -> last(events.toArray(Event[]::new)));
    }

    @Test
    void refusesMoneyThatIsNotTheOrders() {
        for (var other : List.of(new Money(TOTAL.amountMinor() + 1, "EUR"), new Money(TOTAL.amountMinor(), "USD"))) {
            assertThatExceptionOfType(Contradiction.class)
                    .isThrownBy(() -> last(new PaymentCompleted(ID, NOW, other)))
                    .withMessageContaining("expected: its total");
            assertThatExceptionOfType(Contradiction.class)
                    .isThrownBy(() -> last(rejected(ID), new PaymentRefunded(ID, NOW, other)));
        }
    }

    @Test
    void pricesARequestByTheCatalogue() {
        var catalogue = Map.of("MUG", product("MUG", 1_290), "CAP", product("CAP", 1));

        assertThat(Decisions.place(ID, request(line("MUG", 2), line("CAP", 3)), catalogue))
                .isEqualTo(new Placement.Accepted(ID, new Money(2_583, "EUR")));
    }

    @Test
    void refusesWhatTheCatalogueDoesNotHaveOrDoesNotPrice() {
        var inDollars = new Product("CAP", "Cap", new TreeMap<>(Map.of("USD", 5L)));
        var placement = Decisions.place(
                ID,
                request(line("HAT", 1), line("MUG", 1), line("CAP", 1)),
                Map.of("MUG", product("MUG", 1), "CAP", inDollars));

        assertThat(((Placement.Refused) placement).errors())
                .extracting(error -> error.pointer() + " " + error.detail())
                .containsExactly(
                        "/lines/0/sku is not known (expected: an article of GET /products)",
                        "/lines/2/sku has no price in EUR (expected: one of [USD])");
    }

    @Test
    void refusesATotalThatNotEveryReaderOfJsonCanCount() {
        var dear =
                Map.of("MUG", product("MUG", Product.MAX_PRICE_MINOR), "CAP", product("CAP", Product.MAX_PRICE_MINOR));

        assertThat(Decisions.place(ID, request(line("MUG", 10_000)), dear)).isInstanceOf(Placement.Refused.class);
        assertThat(Decisions.place(ID, request(line("MUG", 1), line("CAP", 1)), dear))
                .isInstanceOf(Placement.Refused.class);
        assertThat(Decisions.place(ID, request(line("MUG", 2)), dear)).isInstanceOf(Placement.Refused.class);
        assertThat(Decisions.place(ID, request(line("MUG", 1)), dear)).isInstanceOf(Placement.Accepted.class);
    }

    private static Product product(String sku, long euros) {
        return new Product(sku, sku, new TreeMap<>(Map.of("EUR", euros)));
    }

    private static Decision last(Event... events) {
        var decision = Decision.nothing(pending(ID));
        for (var event : events) {
            decision = Decisions.hear(decision.order(), event, NOW);
        }
        return decision;
    }
}
