package io.orderflow.provider;

import io.orderflow.contracts.Money;

/**
 * What came of a refund.
 *
 * @param amount what went back; null if it was refused
 */
public record Refund(String key, String chargeKey, Money amount) {

    /** Why not, always. */
    public static final String REFUSED = "not_refundable";

    public boolean isRefused() {
        return amount == null;
    }
}
