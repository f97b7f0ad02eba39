package io.orderflow.orders;

import io.orderflow.contracts.ContactErased;
import io.orderflow.http.Problem;
import io.orderflow.http.Refusal;
import io.orderflow.messaging.Outcome;
import java.util.List;

/**
 * What becomes of a {@link ForgetCustomer}.
 *
 * @param order whose customer it is; null where there is none
 * @param events the erasure, where this wish brought it about
 */
record Erasure(Order order, List<ContactErased> events) implements Outcome {

    /**
     * Asks for the order whose customer is forgotten; whether by this wish or before makes no difference.
     *
     * @throws Refusal if there is none, or something is still owed to its customer
     */
    OrderQuery query() {
        if (order == null) {
            throw new Refusal(Problem.notFound());
        }
        if (!order.settled()) {
            throw new Refusal(Problem.conflict("order: " + order.status() + " and not settled (expected: settled)"));
        }
        return new OrderQuery(order.id(), order.customerId());
    }
}
