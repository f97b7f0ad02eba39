package io.orderflow.payments;

import io.orderflow.contracts.Money;

/** What a provider that is somewhere else has answered, once it is understood and fits what was asked. */
sealed interface ProviderAnswer {

    /** The charge is captured, with this amount. */
    record Captured(Money amount) implements ProviderAnswer {}

    record Declined(String code) implements ProviderAnswer {}

    /** Nothing was charged under the key and nothing will be. */
    record Voided() implements ProviderAnswer {}

    record Refunded() implements ProviderAnswer {}

    record Refused(String code) implements ProviderAnswer {}
}
