package io.orderflow.payments;

import io.orderflow.contracts.Money;
import java.util.Optional;

/**
 * The company that moves the money. Every call carries a key: the same call with the same key has its effect once and
 * gets the same answer, however often it is made, for as long as payments keeps the order. Called by workers only,
 * outside any transaction.
 */
interface PaymentProvider {

    /** A definite answer to a charge. */
    sealed interface ChargeAnswer {

        /** The money is captured. */
        record Captured() implements ChargeAnswer {}

        /** It will not be charged. */
        record Declined(String code) implements ChargeAnswer {}

        /** The key was fenced before: nothing was charged and nothing will be. */
        record Fenced() implements ChargeAnswer {}
    }

    /** A definite answer to a refund. */
    sealed interface RefundAnswer {

        /** The money is on its way back. */
        record Refunded() implements RefundAnswer {}

        /** Not now, and asking again at once would not help. */
        record Refused(String code) implements RefundAnswer {}
    }

    /** It is not known whether the call had its effect: ask again with the same key. */
    final class NoAnswer extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoAnswer(String message) {
            super(message);
        }

        NoAnswer(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Charges, or tells what became of the charge with this key.
     *
     * @throws NoAnswer if the answer is not known
     */
    ChargeAnswer charge(String key, Money amount, String token);

    /**
     * Cancels a charge by its key, before or after it comes: from now on it cannot capture anything that it has not
     * captured.
     *
     * @return what it had captured, empty for nothing
     * @throws NoAnswer if the answer is not known
     */
    Optional<Money> fence(String chargeKey);

    /**
     * Gives back what a charge captured.
     *
     * @throws NoAnswer if the answer is not known
     */
    RefundAnswer refund(String key, String chargeKey, Money amount);
}
