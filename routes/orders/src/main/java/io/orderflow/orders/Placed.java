package io.orderflow.orders;

import io.orderflow.contracts.Event;
import io.orderflow.messaging.Outcome;
import java.util.List;

/**
 * The answer to a {@link PlaceOrder} and the events that are said with it: none where the answer was given before.
 */
record Placed(Placement placement, List<Event> events) implements Outcome {

    /** Whether an earlier wish under the same key was accepted, and this one is told the same. */
    boolean isReplayed() {
        return placement instanceof Placement.Accepted && events.isEmpty();
    }

    /** An answer with which nothing is said. */
    static Placed nothing(Placement placement) {
        return new Placed(placement, List.of());
    }
}
