package io.orderflow.payments;

import static io.orderflow.contracts.Role.PAYMENTS;

import io.orderflow.contracts.Topology;
import io.orderflow.messaging.Participant;

/**
 * Where payments' messages come in and go out.
 *
 * @param charges what the workers are to charge
 * @param chargeAnswers where the provider's answers to charges are recorded
 * @param undos what the workers are to undo
 * @param undoAnswers where the provider's answers to that are recorded
 * @param watchTimer when to count the refunds that keep failing
 */
record PaymentsChannels(
        String orderEvents,
        String paymentEvents,
        String charges,
        String chargeAnswers,
        String undos,
        String undoAnswers,
        String watchTimer) {

    static PaymentsChannels declared() {
        return new PaymentsChannels(
                Participant.hears(PAYMENTS, Topology.ORDER_EVENTS),
                Participant.says(PAYMENTS, Topology.PAYMENT_EVENTS),
                Participant.work(PAYMENTS, "charge-order"),
                Participant.transaction(PAYMENTS, "record-charge"),
                Participant.work(PAYMENTS, "undo-charge"),
                Participant.transaction(PAYMENTS, "record-undo"),
                "timer:payments.watch-refunds?period=5000");
    }
}
