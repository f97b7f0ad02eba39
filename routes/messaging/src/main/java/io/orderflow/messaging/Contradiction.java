package io.orderflow.messaging;

import io.orderflow.contracts.Event;

/**
 * Something that cannot be true of an order as the service knows it, for example the refund of a confirmed one. Only an
 * operator can find out which of the two holds, so the service changes nothing and refuses what it was told: the
 * backbone parks an event and alarms.
 */
public final class Contradiction extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * @param found what the service knows
     * @param expected what would have to hold for the event to be true
     */
    public Contradiction(Event event, String found, String expected) {
        this(Event.typeOf(event.getClass()) + " of order " + event.orderId(), found, expected);
    }

    /**
     * @param told what was told that is no event, and of which order
     */
    public Contradiction(String told, String found, String expected) {
        super(told + ": " + found + " (expected: " + expected + ")");
    }
}
