package io.orderflow.payments;

import io.orderflow.messaging.WorkHeaders;
import java.util.Map;
import java.util.UUID;

/**
 * The worker who speaks to the provider. No answer is not "no charge": a charge without an answer is sent again with its key until the answer is definite, and an undo first fences the charge, so
 * that a late one fails, before anything is refunded.
 */
final class Cashier {

    private final PaymentProvider provider;
    private final PaymentsSettings settings;

    Cashier(PaymentProvider provider, PaymentsSettings settings) {
        this.provider = provider;
        this.settings = settings;
    }

    ChargeAnswered charge(Charge charge) {
        return new ChargeAnswered(
                charge.orderId(), provider.charge(chargeKey(charge.orderId()), charge.amount(), charge.token()));
    }

    /**
     * @param headers the attempt, by {@link WorkHeaders#ATTEMPT}
     * @throws PaymentProvider.NoAnswer to be called again, unless it has been called so often that somebody should know
     */
    UndoAnswered undo(Undo undo, Map<String, Object> headers) {
        try {
            return undo(undo.orderId());
        } catch (PaymentProvider.NoAnswer e) {
            if ((int) headers.get(WorkHeaders.ATTEMPT) < settings.refundAttempts()) {
                throw e;
            }
            return UndoAnswered.failing(undo.orderId());
        }
    }

    private UndoAnswered undo(UUID order) {
        var captured = provider.fence(chargeKey(order));
        if (captured.isEmpty()) {
            return UndoAnswered.nothingCharged(order);
        }
        provider.refund("refund-" + order, chargeKey(order), captured.get());
        return UndoAnswered.refunded(order, captured.get());
    }

    private static String chargeKey(UUID order) {
        return "charge-" + order;
    }
}
