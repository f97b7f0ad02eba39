package io.orderflow.payments;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.contracts.CancellationReason;
import io.orderflow.contracts.Line;
import io.orderflow.contracts.Money;
import io.orderflow.contracts.OrderCancelled;
import io.orderflow.contracts.OrderCreated;
import io.orderflow.contracts.PaymentCompleted;
import io.orderflow.contracts.PaymentDeclined;
import io.orderflow.contracts.PaymentRefunded;
import io.orderflow.contracts.PaymentVoided;
import io.orderflow.payments.Payment.State;
import io.orderflow.payments.PaymentProvider.ChargeAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table in {@link Decisions}, cell by cell. */
class DecisionsTest {

    private static final UUID ORDER = UUID.randomUUID();
    private static final Money TOTAL = new Money(2580, "EUR");
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Duration PAUSE = Duration.ofMinutes(5);

    @ParameterizedTest
    @CsvSource(textBlock = """
            ,              CREATED,  REQUESTED,     Charge
            REQUESTED,     CREATED,  REQUESTED,
            CAPTURED,      CREATED,  CAPTURED,
            DECLINED,      CREATED,  DECLINED,
            UNDOING,       CREATED,  UNDOING,
            REFUND_FAILED, CREATED,  REFUND_FAILED,
            REFUNDED,      CREATED,  REFUNDED,
            VOIDED,        CREATED,  VOIDED,
            ,              CANCELLED, VOIDED,       PaymentVoided
            REQUESTED,     CANCELLED, UNDOING,      Undo
            CAPTURED,      CANCELLED, UNDOING,      Undo
            DECLINED,      CANCELLED, VOIDED,       PaymentVoided
            UNDOING,       CANCELLED, UNDOING,
            REFUND_FAILED, CANCELLED, REFUND_FAILED,
            REFUNDED,      CANCELLED, REFUNDED,
            VOIDED,        CANCELLED, VOIDED,
            REQUESTED,     CAPTURED, CAPTURED,      PaymentCompleted
            CAPTURED,      CAPTURED, CAPTURED,
            DECLINED,      CAPTURED, DECLINED,
            UNDOING,       CAPTURED, UNDOING,
            REFUND_FAILED, CAPTURED, REFUND_FAILED,
            REFUNDED,      CAPTURED, REFUNDED,
            VOIDED,        CAPTURED, VOIDED,
            REQUESTED,     DECLINED, DECLINED,      PaymentDeclined
            CAPTURED,      DECLINED, CAPTURED,
            DECLINED,      DECLINED, DECLINED,
            UNDOING,       DECLINED, UNDOING,
            REFUND_FAILED, DECLINED, REFUND_FAILED,
            REFUNDED,      DECLINED, REFUNDED,
            VOIDED,        DECLINED, VOIDED,
            REQUESTED,     FENCED,   DECLINED,      PaymentDeclined
            UNDOING,       FENCED,   UNDOING,
            VOIDED,        FENCED,   VOIDED,
            REQUESTED,     REFUNDED, REQUESTED,
            CAPTURED,      REFUNDED, CAPTURED,
            DECLINED,      REFUNDED, DECLINED,
            UNDOING,       REFUNDED, REFUNDED,      PaymentRefunded
            REFUND_FAILED, REFUNDED, REFUNDED,      PaymentRefunded
            REFUNDED,      REFUNDED, REFUNDED,
            VOIDED,        REFUNDED, VOIDED,
            REQUESTED,     NOTHING,  REQUESTED,
            CAPTURED,      NOTHING,  CAPTURED,
            DECLINED,      NOTHING,  DECLINED,
            UNDOING,       NOTHING,  VOIDED,        PaymentVoided
            REFUND_FAILED, NOTHING,  VOIDED,        PaymentVoided
            REFUNDED,      NOTHING,  REFUNDED,
            VOIDED,        NOTHING,  VOIDED,
            REQUESTED,     FAILING,  REQUESTED,
            CAPTURED,      FAILING,  CAPTURED,
            DECLINED,      FAILING,  DECLINED,
            UNDOING,       FAILING,  REFUND_FAILED, Undo
            REFUND_FAILED, FAILING,  REFUND_FAILED, Undo
            REFUNDED,      FAILING,  REFUNDED,
            VOIDED,        FAILING,  VOIDED,
            """)
    void everyMessageInEveryStateHasItsEffect(State state, String message, State next, String said) {
        var decision = decide(state == null ? null : new Payment(ORDER, state, TOTAL), message);

        assertThat(decision.payment().state()).isEqualTo(next);
        assertThat(decision.says() == null ? null : decision.says().getClass().getSimpleName())
                .isEqualTo(said);
    }

    @ParameterizedTest
    @CsvSource({"CREATED, REQUESTED", "CANCELLED, VOIDED"})
    void whicheverComesFirstMakesTheRow(String message, State state) {
        assertThat(decide(null, message).payment())
                .isEqualTo(new Payment(ORDER, state, message.equals("CREATED") ? TOTAL : null));
    }

    @ParameterizedTest
    @CsvSource({
        "REQUESTED, CAPTURED",
        "REQUESTED, DECLINED",
        "UNDOING, REFUNDED",
        "UNDOING, NOTHING",
        "UNDOING, FAILING"
    })
    void whatIsSaidNamesTheOrderTheMoneyAndTheTime(State state, String message) {
        assertThat(decide(new Payment(ORDER, state, TOTAL), message).says())
                .isEqualTo(
                        switch (message) {
                            case "CAPTURED" -> new PaymentCompleted(ORDER, NOW, TOTAL);
                            case "DECLINED" -> new PaymentDeclined(ORDER, NOW, "card_declined");
                            case "REFUNDED" -> new PaymentRefunded(ORDER, NOW, TOTAL);
                            case "NOTHING" -> new PaymentVoided(ORDER, NOW);
                            default -> new Undo(ORDER, PAUSE);
                        });
    }

    private static Decision decide(Payment payment, String message) {
        return switch (message) {
            case "CREATED" ->
                Decisions.requestCharge(
                        payment, new OrderCreated(ORDER, NOW, "ada", TOTAL, List.of(new Line("mug", 2)), "tok_visa"));
            case "CANCELLED" ->
                Decisions.requestUndo(payment, new OrderCancelled(ORDER, NOW, CancellationReason.CUSTOMER), NOW);
            case "CAPTURED" -> charged(payment, new ChargeAnswer.Captured());
            case "DECLINED" -> charged(payment, new ChargeAnswer.Declined("card_declined"));
            case "FENCED" -> charged(payment, new ChargeAnswer.Fenced());
            case "REFUNDED" -> undone(payment, new UndoAnswered.Refunded(ORDER, TOTAL));
            case "NOTHING" -> undone(payment, new UndoAnswered.NothingCharged(ORDER));
            case "FAILING" -> undone(payment, new UndoAnswered.Failing(ORDER, "away"));
            default -> throw new AssertionError(message);
        };
    }

    private static Decision charged(Payment payment, ChargeAnswer answer) {
        return Decisions.recordCharge(payment, new ChargeAnswered(ORDER, answer), NOW);
    }

    private static Decision undone(Payment payment, UndoAnswered answered) {
        return Decisions.recordUndo(payment, answered, NOW, PAUSE);
    }
}
