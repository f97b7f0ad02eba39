package io.orderflow.orders;

import io.orderflow.contracts.Event;
import io.orderflow.messaging.Outcome;
import java.util.List;

/**
 * What becomes of a {@link CancelOrder}.
 *
 * @param order as it is now; null where the caller has no such order
 * @param events the cancellation, where this wish brought it about
 */
record Cancellation(CancelOrder wish, Order order, List<Event> events) implements Outcome {

    static Cancellation ofUnknown(CancelOrder wish) {
        return new Cancellation(wish, null, List.of());
    }
}
