package io.orderflow.messaging;

import java.time.Duration;
import java.util.UUID;

/**
 * A request that one of the role's workers is to carry out: a record that is stored as JSON in the transaction that
 * decided it.
 *
 * <p>Its class name and its fields are stored: a version that renames them still meets rows of the one before, so it
 * keeps the old ones for as long. What cannot be read is tried again, with back-off, until a version comes that can.
 */
public interface Work {

    /** The order that it is for. */
    UUID orderId();

    /**
     * Tells one piece of work of an order from another on the same channel; the same again is not stored twice while
     * the first is there.
     */
    default String subject() {
        return "";
    }

    /** How long it waits before a worker takes it. */
    default Duration delay() {
        return Duration.ZERO;
    }
}
