package io.orderflow.orders;

import io.orderflow.contracts.ContactErased;
import io.orderflow.http.Problem;
import io.orderflow.http.Refusal;
import io.orderflow.messaging.Outcome;
import java.time.Instant;
import java.util.List;

/**
 * What becomes of a {@link ForgetCustomer}.
 *
 * @param order whose customer it is; null where there is none
 * @param from when on it may be asked for, where that is too early; else null
 * @param events the erasure, where this wish brought it about
 */
record Erasure(Order order, Instant from, List<ContactErased> events) implements Outcome {

    /** There is no such order, something is owed to its customer, or he is forgotten already. */
    static Erasure nothing(Order order) {
        return new Erasure(order, null, List.of());
    }

    /**
     * Asks for the order whose customer is forgotten; whether by this wish or before makes no difference.
     *
     * @throws Refusal if there is none, or something is still owed to its customer, or was a moment ago
     */
    OrderQuery query() {
        if (order == null) {
            throw new Refusal(Problem.notFound());
        }
        if (!order.settled()) {
            throw new Refusal(Problem.conflict("order: " + order.status() + " and not settled (expected: settled)"));
        }
        if (from != null) {
            throw new Refusal(Problem.conflict("order: settled only now (expected: for %d minutes; ask from %s on)"
                    .formatted(ForgetCustomer.SETTLED_FOR.toMinutes(), from)));
        }
        return new OrderQuery(order.id(), order.customerId());
    }
}
