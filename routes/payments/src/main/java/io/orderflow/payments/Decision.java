package io.orderflow.payments;

/**
 * What is to become of a payment, and what is to be said or done about it.
 *
 * @param payment the payment from now on
 * @param message an event, work, or null for nothing
 */
record Decision(Payment payment, Object message) {

    static Decision nothingNew(Payment payment) {
        return new Decision(payment, null);
    }
}
