package io.orderflow.messaging.inbound;

import io.orderflow.contracts.Event;
import io.orderflow.messaging.Origin;
import io.orderflow.messaging.Origin.Manner;
import io.orderflow.messaging.Parking.Reason;
import io.orderflow.messaging.tables.Inbox;
import io.orderflow.messaging.tables.Received;
import java.util.UUID;

/** A record from Kafka, looked at: what is to become of it. */
sealed interface Inbound {

    Received received();

    /**
     * An event that this role handles.
     *
     * @param identity its id on its topic, with what tells it from another under the same
     */
    record Understood(Received received, Inbox.Entry identity, Event event, String traceparent) implements Inbound {

        /** Why it is refused when its topic has said something else under its id. */
        static final String UNDER_KNOWN_ID = "event_id: another event with this id took effect before";

        UUID eventId() {
            return identity.eventId();
        }

        /** A record that was parked has the time of its parking; one without a time of its own has a negative one. */
        Origin origin(Manner manner) {
            boolean isDated = manner != Manner.RELEASED && received.at().toEpochMilli() >= 0;
            return new Origin(
                    eventId(),
                    received.topic(),
                    received.partition(),
                    received.offset(),
                    isDated ? received.at() : null,
                    manner);
        }
    }

    /** A known event that this role does not handle. */
    record Skipped(Received received) implements Inbound {}

    /**
     * To be parked at once.
     *
     * @param orderId the order it speaks of, or null where it names none
     * @param eventType its type, or null where the body could not be opened
     * @param eventId its id, or null where it names none, contradicts itself or is to come elsewhere
     */
    record Refused(Received received, UUID orderId, String eventType, UUID eventId, Reason reason, String error)
            implements Inbound {}
}
