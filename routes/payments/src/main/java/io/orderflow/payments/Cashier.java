package io.orderflow.payments;

import io.orderflow.messaging.WorkHeaders;
import java.util.Map;
import java.util.UUID;

/**
 * The worker who speaks to the provider. No answer is not "no charge": a charge without an answer is sent again with
 * its key until the answer is definite, and an undo first fences the charge, so that a late one fails, before anything
 * is refunded.
 */
final class Cashier {

    private final PaymentProvider provider;
    private final PaymentsSettings settings;

    Cashier(PaymentProvider provider, PaymentsSettings settings) {
        this.provider = provider;
        this.settings = settings;
    }

    /**
     * @throws PaymentProvider.NoAnswer to be called again, for as long as it takes
     */
    ChargeAnswered charge(Charge charge) {
        var answer = provider.charge(chargeKey(charge.orderId()), charge.amount(), charge.token());
        return new ChargeAnswered(charge.orderId(), answer);
    }

    /**
     * Whatever fails here may stand between a customer and money, so that no kind of failure is tried for ever without
     * an alarm.
     *
     * @param headers the attempt, by {@link WorkHeaders#ATTEMPT}
     * @throws RuntimeException to be called again, unless it has been called so often that an operator should know
     */
    UndoAnswered undo(Undo undo, Map<String, Object> headers) {
        try {
            return undo(undo.orderId());
        } catch (RuntimeException e) {
            if (!undo.isSlow() && (int) headers.get(WorkHeaders.ATTEMPT) < settings.refundAttempts()) {
                throw e;
            }
            return new UndoAnswered.Failing(undo.orderId(), e.toString());
        }
    }

    private UndoAnswered undo(UUID order) {
        var captured = provider.fence(chargeKey(order));
        if (captured.isEmpty()) {
            return new UndoAnswered.NothingCharged(order);
        }
        return switch (provider.refund(refundKey(order), chargeKey(order), captured.get())) {
            case PaymentProvider.RefundAnswer.Refunded refunded -> new UndoAnswered.Refunded(order, captured.get());
            case PaymentProvider.RefundAnswer.Refused refused -> new UndoAnswered.Failing(order, refused.code());
        };
    }

    private static String chargeKey(UUID order) {
        return "charge-" + order;
    }

    private static String refundKey(UUID order) {
        return "refund-" + order;
    }
}
