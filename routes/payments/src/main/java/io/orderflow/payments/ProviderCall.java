package io.orderflow.payments;

import io.orderflow.contracts.Money;

/** What is asked of a provider that is somewhere else, in the words of {@code docs/payment-provider.yaml}. */
sealed interface ProviderCall {

    /** The charge's key, or the refund's. */
    String key();

    /** Take money. */
    record ToCharge(String key, Money amount, String token) implements ProviderCall {

        @Override
        public String toString() {
            return "ToCharge[" + key + ", " + amount + "]";
        }
    }

    /** Let nothing more through under this key. */
    record ToFence(String key) implements ProviderCall {}

    /** Give back what a charge captured. */
    record ToRefund(String key, String chargeKey, Money amount) implements ProviderCall {}
}
