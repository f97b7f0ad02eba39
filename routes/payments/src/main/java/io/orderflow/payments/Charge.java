package io.orderflow.payments;

import io.orderflow.contracts.Money;
import io.orderflow.messaging.Work;
import java.util.UUID;

/**
 * The request to charge for an order.
 *
 * @param token the provider's single-use reference; it must not reach a log
 */
record Charge(UUID orderId, Money amount, String token) implements Work {

    @Override
    public String toString() {
        return "Charge[" + orderId + ", " + amount + "]";
    }
}
