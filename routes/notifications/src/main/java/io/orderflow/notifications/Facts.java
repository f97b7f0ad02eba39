package io.orderflow.notifications;

import io.orderflow.contracts.CancellationReason;
import io.orderflow.contracts.Money;

/**
 * What a mail has to tell beside the time. It is stored with the mail, which may be sent long after its event.
 *
 * @param reason of a cancellation, otherwise null
 * @param by who called the order off in its customer's place; null where nobody did
 * @param amount that was paid or given back, otherwise null
 */
record Facts(CancellationReason reason, String by, Money amount) {

    static Facts of(CancellationReason reason, String by) {
        return new Facts(reason, by, null);
    }

    static Facts of(Money amount) {
        return new Facts(null, null, amount);
    }
}
