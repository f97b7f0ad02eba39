package io.orderflow.orders;

import io.orderflow.contracts.Event;
import io.orderflow.messaging.Outcome;
import java.util.List;

/**
 * The answer to a {@link PlaceOrder} and the events that are said with it: none where the answer was given before.
 */
record Placed(Placement placement, List<Event> events) implements Outcome {

    /** An answer with which nothing is said. */
    static Placed nothing(Placement placement) {
        return new Placed(placement, List.of());
    }
}
