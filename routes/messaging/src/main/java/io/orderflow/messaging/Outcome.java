package io.orderflow.messaging;

import io.orderflow.contracts.Event;
import java.util.Collection;

/**
 * A decision's result that answers a caller and announces events at once: {@code outbox:} endpoints take from it the
 * events of their channel.
 */
public interface Outcome {

    /** What is to be announced; empty for nothing, never null. */
    Collection<? extends Event> events();
}
