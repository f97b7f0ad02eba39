package io.orderflow.messaging;

import io.orderflow.contracts.Event;
import java.util.UUID;

/** A record from Kafka, looked at: what is to become of it. */
sealed interface Inbound {

    Received received();

    /** An event that this role handles. */
    record Understood(Received received, UUID eventId, Event event, byte[] sha256, String traceparent)
            implements Inbound {}

    /** A known event that this role does not handle. */
    record Skipped(Received received) implements Inbound {}

    /**
     * To be set aside at once.
     *
     * @param orderId the order it speaks of, or null where it names none
     * @param eventId its id, or null where it names none, contradicts itself or is to come elsewhere
     */
    record Refused(Received received, UUID orderId, UUID eventId, ParkedRows.Reason reason, String error)
            implements Inbound {}
}
