package io.orderflow.console;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Where an order stands, as its events tell it.
 *
 * @param reason why it was called off, or null
 * @param beganAt when the first of its events occurred
 * @param waits what it waits for; empty where nothing is owed any more
 */
record Story(UUID orderId, State state, String reason, Instant beganAt, List<Awaited> waits) {

    /** How far the order has come. */
    enum State {
        /** How it began is not known, and neither is an end: its beginning is read later, or is gone from the topic. */
        UNKNOWN,
        PENDING,
        CONFIRMED,
        CANCELLED
    }

    /**
     * What somebody owes an order.
     *
     * @param service who has to say it
     * @param events one of which is to come
     * @param since when the event occurred that asks for it
     */
    record Awaited(String service, List<String> events, Instant since) {}

    /** Since when it waits, or null where it waits for nothing. */
    Instant waitingSince() {
        return waits.stream().map(Awaited::since).min(Instant::compareTo).orElse(null);
    }
}
