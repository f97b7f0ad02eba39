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
 * What payments decides, as pure functions of the payment and the message. Messages may come in any order and any number of times; every cancellation is answered exactly once,
 * by a refund or a void.
 */
final class Decisions {

    private Decisions() {}

    /**
     * @param payment null if the order is new here
     */
    static Decision created(Payment payment, OrderCreated event) {
        if (payment != null) {
            return Decision.nothingNew(payment);
        }
        return new Decision(
                new Payment(event.orderId(), State.REQUESTED, event.total()),
                new Charge(event.orderId(), event.total(), event.paymentToken()));
    }

    /**
     * @param payment null if the order is new here: then nothing was ever charged, and a barrier keeps it so
     */
    static Decision cancelled(Payment payment, OrderCancelled event, Instant now) {
        if (payment == null) {
            return new Decision(
                    new Payment(event.orderId(), State.VOIDED, null), new PaymentVoided(event.orderId(), now));
        }
        return switch (payment.state()) {
            case REQUESTED, CAPTURED -> new Decision(payment.in(State.UNDOING), Undo.now(payment.orderId()));
            case DECLINED -> new Decision(payment.in(State.VOIDED), new PaymentVoided(payment.orderId(), now));
            case UNDOING, REFUND_FAILED, REFUNDED, VOIDED -> Decision.nothingNew(payment);
        };
    }

    /** A charge's answer that comes while it is being undone changes nothing: the undo asks the provider itself. */
    static Decision charged(Payment payment, ChargeAnswered answered, Instant now) {
        if (payment.state() != State.REQUESTED) {
            return Decision.nothingNew(payment);
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
     * @param pause how long an undo that keeps failing waits before the next round
     */
    static Decision undone(Payment payment, UndoAnswered answered, Instant now, Duration pause) {
        if (payment.state() != State.UNDOING && payment.state() != State.REFUND_FAILED) {
            return Decision.nothingNew(payment);
        }
        var order = payment.orderId();
        if (answered.failing()) {
            return new Decision(payment.in(State.REFUND_FAILED), Undo.after(pause, order));
        }
        if (answered.refunded() != null) {
            return new Decision(payment.in(State.REFUNDED), new PaymentRefunded(order, now, answered.refunded()));
        }
        return new Decision(payment.in(State.VOIDED), new PaymentVoided(order, now));
    }
}
