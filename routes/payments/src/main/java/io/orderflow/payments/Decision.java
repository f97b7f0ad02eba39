package io.orderflow.payments;

/**
 * What is to become of a payment, and what is to be said about it.
 *
 * @param payment the payment from now on
 * @param says an event, a request to a worker, or null for nothing
 */
record Decision(Payment payment, Object says) {

    /** The message was here before, or comes too late to matter. */
    static Decision nothing(Payment payment) {
        return new Decision(payment, null);
    }
}
