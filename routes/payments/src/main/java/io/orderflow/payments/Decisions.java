package io.orderflow.payments;

import io.orderflow.contracts.OrderCancelled;
import io.orderflow.contracts.OrderCreated;
import io.orderflow.contracts.PaymentCompleted;
import io.orderflow.contracts.PaymentDeclined;
import io.orderflow.contracts.PaymentRefunded;
import io.orderflow.contracts.PaymentVoided;
import io.orderflow.payments.Payment.State;
import java.time.Duration;
import java.time.Instant;

/**
 * What becomes of a payment, whatever arrives, in whatever order, however often. Pure functions.
 *
 * <pre>
 *                OrderCreated        OrderCancelled          charge answered              undo answered
 * (none)         REQUESTED + Charge  VOIDED + PaymentVoided
 * REQUESTED      -                   UNDOING + Undo          CAPTURED + PaymentCompleted  -
 *                                                            or DECLINED + PaymentDeclined
 * CAPTURED       -                   UNDOING + Undo          -                            -
 * DECLINED       -                   VOIDED + PaymentVoided  -                            -
 * UNDOING,       -                   -                       -                            REFUNDED + PaymentRefunded
 * REFUND_FAILED                                                                or VOIDED + PaymentVoided
 *                                                                              or REFUND_FAILED + Undo, later
 * REFUNDED       -                   -                       -                            -
 * VOIDED         -                   -                       -                            -
 * </pre>
 *
 * <p>So a charge is requested at most once, a cancellation is answered exactly once, by a refund or a void, and nothing
 * leaves REFUNDED or VOIDED.
 */
final class Decisions {

    private Decisions() {}

    /**
     * Asks for a charge, once.
     *
     * @param payment null if the order is new here
     */
    static Decision requestCharge(Payment payment, OrderCreated event) {
        if (payment != null) {
            return Decision.nothing(payment);
        }
        return new Decision(
                new Payment(event.orderId(), State.REQUESTED, event.total()),
                new Charge(event.orderId(), event.total(), event.paymentToken()));
    }

    /**
     * Compensates {@link #requestCharge}: asks for what may have been charged to be undone, or says at once that
     * nothing was.
     *
     * @param payment null if the order is new here: then nothing was ever charged, and a barrier keeps it so
     */
    static Decision requestUndo(Payment payment, OrderCancelled event, Instant now) {
        if (payment == null) {
            return new Decision(
                    new Payment(event.orderId(), State.VOIDED, null), new PaymentVoided(event.orderId(), now));
        }
        return switch (payment.state()) {
            case REQUESTED, CAPTURED -> new Decision(payment.in(State.UNDOING), Undo.now(payment.orderId()));
            case DECLINED -> new Decision(payment.in(State.VOIDED), new PaymentVoided(payment.orderId(), now));
            case UNDOING, REFUND_FAILED, REFUNDED, VOIDED -> Decision.nothing(payment);
        };
    }

    /**
     * Says what became of a charge. An answer that comes while the charge is being undone changes nothing: the undo
     * asks the provider itself.
     */
    static Decision recordCharge(Payment payment, ChargeAnswered answered, Instant now) {
        if (payment.state() != State.REQUESTED) {
            return Decision.nothing(payment);
        }
        var order = payment.orderId();
        return switch (answered.answer()) {
            case PaymentProvider.ChargeAnswer.Captured captured ->
                new Decision(payment.in(State.CAPTURED), new PaymentCompleted(order, now, payment.amount()));
            case PaymentProvider.ChargeAnswer.Declined declined ->
                new Decision(payment.in(State.DECLINED), new PaymentDeclined(order, now, declined.code()));
            case PaymentProvider.ChargeAnswer.Fenced fenced ->
                new Decision(payment.in(State.DECLINED), new PaymentDeclined(order, now, "fenced"));
        };
    }

    /**
     * Says what became of undoing a charge, or asks for it again.
     *
     * @param pause how long an undo that keeps failing waits before the next attempt
     */
    static Decision recordUndo(Payment payment, UndoAnswered answered, Instant now, Duration pause) {
        if (payment.state() != State.UNDOING && payment.state() != State.REFUND_FAILED) {
            return Decision.nothing(payment);
        }
        var order = payment.orderId();
        return switch (answered) {
            case UndoAnswered.Refunded refunded ->
                new Decision(payment.in(State.REFUNDED), new PaymentRefunded(order, now, refunded.amount()));
            case UndoAnswered.NothingCharged nothing ->
                new Decision(payment.in(State.VOIDED), new PaymentVoided(order, now));
            case UndoAnswered.Failing failing ->
                new Decision(payment.in(State.REFUND_FAILED), Undo.after(pause, order));
        };
    }
}
