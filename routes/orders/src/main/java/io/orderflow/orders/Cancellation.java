package io.orderflow.orders;

import io.orderflow.contracts.CancellationReason;
import io.orderflow.contracts.Event;
import io.orderflow.http.Problem;
import io.orderflow.http.Refusal;
import io.orderflow.messaging.Outcome;
import java.util.List;

/**
 * What becomes of a {@link CancelOrder} or a {@link CallOff}.
 *
 * @param order as it is now; null where there is none, or not for this caller
 * @param events the cancellation, where this wish brought it about
 */
record Cancellation(Order order, List<Event> events) implements Outcome {

    static Cancellation ofUnknown() {
        return new Cancellation(null, List.of());
    }

    /**
     * Asks for the order that is called off; whether by this wish or by one before makes no difference.
     *
     * @throws Refusal if there is none, or it is final for another reason
     */
    OrderQuery query() {
        if (order == null) {
            throw new Refusal(Problem.notFound());
        }
        if (order.reason() != CancellationReason.CUSTOMER) {
            var reason = order.reason() == null ? "" : " (" + order.reason() + ")";
            throw new Refusal(Problem.conflict("order: " + order.status() + reason + " already (expected: PENDING)"));
        }
        return new OrderQuery(order.id(), order.customerId());
    }
}
