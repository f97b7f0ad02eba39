package io.orderflow.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.contracts.CancellationReason;
import io.orderflow.contracts.Line;
import io.orderflow.contracts.Money;
import io.orderflow.contracts.OrderCancelled;
import io.orderflow.contracts.OrderCreated;
import io.orderflow.contracts.PaymentCompleted;
import io.orderflow.contracts.PaymentDeclined;
import io.orderflow.contracts.PaymentRefunded;
import io.orderflow.contracts.PaymentVoided;
import io.orderflow.messaging.Contradiction;
import io.orderflow.messaging.fixture.RouteFixture;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PaymentsRoutesTest {

    private static final PaymentsSettings SETTINGS =
            new PaymentsSettings("simulated", 3, Duration.ofMinutes(5), Duration.ofDays(400), null);
    private static final Money TOTAL = new Money(2580, "EUR");

    private final UUID order = UUID.randomUUID();
    private final List<Class<?>> said = new ArrayList<>();
    private final PaymentsInMemory rows = new PaymentsInMemory();
    private final TestedProvider provider = provider();
    private final Payments payments = new Payments(rows, Clock.systemUTC(), SETTINGS);

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @RegisterExtension
    final RouteFixture routes = RouteFixture.of(new PaymentsRoutes(
                    new PaymentsChannels(
                            "direct:order-events",
                            "mock:payment-events",
                            "work:charges",
                            "transaction:charge-answers",
                            "work:undos",
                            "transaction:undo-answers",
                            "direct:watch"),
                    payments,
                    new Cashier(provider, SETTINGS),
                    new RefundWatch(rows, meters)))
            .with(payments);

    /** Who moves the money here. */
    TestedProvider provider() {
        return new ProviderInMemory();
    }

    @Test
    void aNewOrderIsCharged() throws Exception {
        expect(PaymentCompleted.class);

        routes.deliver("order-events", created("tok_visa"));
        routes.carryOut("charges");

        routes.assertSatisfied();
        assertThat(provider.kept()).isEqualTo(TOTAL.amountMinor());
    }

    @Test
    void aDeclinedChargeIsSaid() throws Exception {
        expect(PaymentDeclined.class);

        routes.deliver("order-events", created("tok_declined"));
        routes.carryOut("charges");

        routes.assertSatisfied();
    }

    @Test
    void aCancelledOrderGetsItsMoneyBack() throws Exception {
        expect(PaymentCompleted.class, PaymentRefunded.class);

        routes.deliver("order-events", created("tok_visa"));
        routes.carryOut("charges");
        routes.deliver("order-events", cancelled());
        routes.carryOut("undos");

        routes.assertSatisfied();
        assertThat(provider.kept()).isZero();
    }

    @Test
    void aCancellationThatOvertakesItsOrderLeavesABarrier() throws Exception {
        expect(PaymentVoided.class);

        routes.deliver("order-events", cancelled());
        routes.deliver("order-events", created("tok_visa"), cancelled());

        routes.assertSatisfied();
        assertThat(routes.waiting("charges")).isEmpty();
    }

    @Test
    void anAnswerAboutAnOrderThatNobodyAskedAboutIsAContradiction() {
        assertThatExceptionOfType(Contradiction.class)
                .isThrownBy(() -> routes.transact("charge-answers", charged()))
                .withMessage(
                        "answer about order " + order + ": no payment of it (expected: one that was requested before)");
        assertThat(rows.payments).isEmpty();
    }

    private ChargeAnswered charged() {
        return new ChargeAnswered(order, new PaymentProvider.ChargeAnswer.Captured());
    }

    @Test
    void aWorkerWhoWasPausedBetweenClaimAndCallFindsTheKeyFenced() throws Exception {
        expect(PaymentVoided.class);

        routes.deliver("order-events", created("tok_visa"));
        routes.deliver("order-events", cancelled());
        routes.carryOut("undos");
        assertThat(routes.waiting("charges").toString()).doesNotContain("tok_visa");
        routes.carryOut("charges");

        routes.assertSatisfied();
        assertThat(provider.kept()).isZero();
    }

    @Test
    void anAnswerIsRecordedOnce() throws Exception {
        expect(PaymentCompleted.class);
        rows.insert(List.of(new Payment(order, Payment.State.REQUESTED, TOTAL)));
        var answered = new ChargeAnswered(order, new PaymentProvider.ChargeAnswer.Captured());

        routes.transact("charge-answers", answered);
        routes.transact("charge-answers", answered, answered);

        routes.assertSatisfied();
    }

    @Test
    void aRefundThatKeepsFailingIsAnAlarmAndGoesOn() throws Exception {
        expect(PaymentCompleted.class, PaymentRefunded.class);
        routes.deliver("order-events", created("tok_visa"));
        routes.carryOut("charges");
        routes.deliver("order-events", cancelled());

        provider.giveNoAnswer(2);
        routes.carryOut("undos", SETTINGS.refundAttempts());
        assertThat(rows.payments.get(order).state()).isEqualTo(Payment.State.REFUND_FAILED);
        assertThat(failing()).isEqualTo(1);
        assertThat(routes.waiting("undos")).containsExactly(Undo.after(SETTINGS.refundPause(), order));
        routes.carryOut("undos", 1);
        assertThat(routes.waiting("undos")).as("one attempt a pause").hasSize(1);
        routes.carryOut("undos", 1);

        routes.assertSatisfied();
        assertThat(rows.payments.get(order).state()).isEqualTo(Payment.State.REFUNDED);
        assertThat(failing()).isZero();
    }

    @Test
    void aRefundThatFailsNowAndThenIsNoAlarm() throws Exception {
        expect(PaymentCompleted.class);
        routes.deliver("order-events", created("tok_visa"));
        routes.carryOut("charges");
        routes.deliver("order-events", cancelled());

        provider.giveNoAnswer(1);
        assertThatThrownBy(() -> routes.carryOut("undos", SETTINGS.refundAttempts() - 1))
                .isInstanceOf(PaymentProvider.NoAnswer.class);

        routes.assertSatisfied();
        assertThat(rows.payments.get(order).state()).isEqualTo(Payment.State.UNDOING);
    }

    @Test
    void aRefundThatIsRefusedIsAnAlarmAtOnce() throws Exception {
        expect(PaymentCompleted.class);
        routes.deliver("order-events", created("tok_visa"));
        routes.carryOut("charges");
        routes.deliver("order-events", cancelled());

        provider.refuseToRefund("charge-" + order, TOTAL);
        routes.carryOut("undos");

        routes.assertSatisfied();
        assertThat(rows.payments.get(order).state()).isEqualTo(Payment.State.REFUND_FAILED);
    }

    @Test
    void noTokenIsInWhatALogWouldPrint() {
        assertThat(new Charge(order, TOTAL, "tok_visa").toString())
                .contains(order.toString())
                .doesNotContain("tok_visa");
    }

    private double failing() {
        routes.ask("watch", null);
        return meters.get("payments.refund.failed").gauge().value();
    }

    /** What is said, nulls aside: those are what the outbox ignores. */
    private void expect(Class<?>... types) {
        routes.mock("payment-events").whenAnyExchangeReceived(exchange -> {
            if (exchange.getMessage().getBody() != null) {
                said.add(exchange.getMessage().getBody().getClass());
            }
        });
        routes.mock("payment-events").expects(() -> assertThat(said).containsExactly(types));
    }

    private OrderCreated created(String token) {
        return new OrderCreated(order, Instant.now(), "ada", TOTAL, List.of(new Line("mug", 2)), token);
    }

    private OrderCancelled cancelled() {
        return new OrderCancelled(order, Instant.now(), CancellationReason.CUSTOMER);
    }
}
