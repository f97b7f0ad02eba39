package io.orderflow.provider;

import io.orderflow.contracts.Money;

/**
 * What became of a charge's key, for good.
 *
 * @param amount null if it was voided before it came
 * @param code why it was declined, else null
 */
public record ChargeResult(String key, Status status, Money amount, String code) {

    /** How it ended. */
    public enum Status {
        CAPTURED,
        DECLINED,
        /** The key was fenced before a charge came, and lets none through. */
        VOIDED
    }
}
