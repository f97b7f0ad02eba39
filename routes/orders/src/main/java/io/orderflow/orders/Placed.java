package io.orderflow.orders;

import io.orderflow.contracts.Event;
import io.orderflow.messaging.Outcome;
import java.util.List;

/**
 * The answer to a {@link PlaceOrder} and what is announced with it: nothing, where the answer was given before.
 */
record Placed(Placement placement, List<Event> events) implements Outcome {

    static Placed silent(Placement placement) {
        return new Placed(placement, List.of());
    }
}
