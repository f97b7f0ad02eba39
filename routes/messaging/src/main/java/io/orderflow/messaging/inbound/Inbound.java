package io.orderflow.messaging.inbound;

import io.orderflow.contracts.Event;
import io.orderflow.messaging.Parking.Reason;
import io.orderflow.messaging.tables.Received;
import io.orderflow.messaging.tables.Unreadable;
import java.util.UUID;

/** A record from Kafka, looked at: what is to become of it. */
sealed interface Inbound {

    Received received();

    /** An event that this role handles. */
    record Understood(Received received, UUID eventId, Event event, byte[] sha256, String traceparent)
            implements Inbound {

        /** Why it is refused when another event took effect under its id. */
        Unreadable underKnownId() {
            return new Unreadable("event_id: another event with this id took effect before");
        }
    }

    /** A known event that this role does not handle. */
    record Skipped(Received received) implements Inbound {}

    /**
     * To be parked at once.
     *
     * @param orderId the order it speaks of, or null where it names none
     * @param eventId its id, or null where it names none, contradicts itself or is to come elsewhere
     */
    record Refused(Received received, UUID orderId, UUID eventId, Reason reason, String error) implements Inbound {}
}
