package io.orderflow.messaging;

import java.time.Instant;
import java.util.UUID;
import org.apache.camel.Exchange;

/**
 * Where an event that a flow handles came from: what its record says beside the event itself. It travels beside the
 * message and never in its headers, and only a service that tells of records needs it.
 *
 * @param eventId the same on every delivery of the event
 * @param topic as declared, without prefix
 * @param offset its place in the topic's partition, from 0
 * @param publishedAt the record's time, as its writer or the broker set it; null where a parked event is released,
 *     which does not keep it, or where the record has none
 */
public record Origin(UUID eventId, String topic, int partition, long offset, Instant publishedAt, Manner manner) {

    private static final String PROPERTY = "OrderflowOrigin";

    /** How the event comes to the flow. */
    public enum Manner {
        /** For the first time, from its topic. */
        ARRIVED,
        /** It was parked, and is released. */
        RELEASED,
        /** Once more, in a {@link Rereading}: it may have taken effect before. */
        REREAD
    }

    /** What this exchange carries came from there. */
    public void attachTo(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
    }

    /**
     * Where the event of this exchange came from.
     *
     * @throws IllegalStateException if it came from no topic
     */
    public static Origin of(Exchange exchange) {
        var origin = exchange.getProperty(PROPERTY, Origin.class);
        if (origin == null) {
            throw new IllegalStateException("origin: none (expected: in a flow from Participant.hears)");
        }
        return origin;
    }
}
