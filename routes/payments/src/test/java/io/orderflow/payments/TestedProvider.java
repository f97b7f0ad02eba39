package io.orderflow.payments;

import io.orderflow.contracts.Money;

/** A provider that a test can disturb and whose books it can read. */
interface TestedProvider extends PaymentProvider {

    /** What the customer has paid and not got back. */
    long kept();

    /** The next so many calls get no answer and have no effect. */
    void giveNoAnswer(int times);

    /** From now on, what this charge captured cannot be refunded by us. */
    void refuseToRefund(String chargeKey, Money amount);
}
