package io.orderflow.notifications;

import java.util.UUID;

/**
 * How to reach the customer of an order.
 *
 * @param name null unless known
 * @param email null unless known
 * @param erased whether it is to be forgotten for good
 */
record Recipient(UUID orderId, String name, String email, boolean erased) {

    boolean isKnown() {
        return email != null;
    }

    Recipient reachedAt(String newName, String newEmail) {
        return new Recipient(orderId, newName, newEmail, false);
    }

    Recipient forgotten() {
        return new Recipient(orderId, null, null, true);
    }

    /** Names and addresses stay out of logs. */
    @Override
    public String toString() {
        return "Recipient[" + orderId + (isKnown() ? ", known]" : erased ? ", erased]" : ", unknown]");
    }
}
