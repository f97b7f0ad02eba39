package io.orderflow.messaging.inbound;

import io.orderflow.contracts.Channel;
import io.orderflow.contracts.Event;
import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import io.orderflow.messaging.Parking.Reason;
import io.orderflow.messaging.TraceContext;
import io.orderflow.messaging.tables.EventCodec;
import io.orderflow.messaging.tables.Inbox;
import io.orderflow.messaging.tables.Received;
import io.orderflow.messaging.tables.Unreadable;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * Looks at a channel's records for one role. It reads the body alone: headers are optional, but one that contradicts
 * the body is a reason to refuse.
 */
final class Decoder {

    private final EventCodec codec;
    private final Channel channel;
    private final Set<Class<? extends Event>> handled;
    private final Map<String, Class<? extends Event>> here = new HashMap<>();
    private final Map<String, Channel> elsewhere = new HashMap<>();

    Decoder(EventCodec codec, Topology topology, Channel channel, Role role) {
        this.codec = codec;
        this.channel = channel;
        this.handled = channel.readers().get(role);
        channel.events().forEach(type -> here.put(Event.typeOf(type), type));
        topology.channels()
                .forEach(other -> other.events().forEach(type -> elsewhere.putIfAbsent(Event.typeOf(type), other)));
    }

    Inbound look(Received received) {
        // The key is the order, also where nothing else can be read.
        UUID order = EventCodec.order(received.keyText()).orElse(null);
        UUID id = null;
        String said = null;
        try {
            if (received.key() == null) {
                throw new Unreadable("key: missing");
            }
            if (received.value() == null) {
                return erasure(received);
            }
            var envelope = codec.open(received.value());
            order = envelope.orderId();
            said = envelope.type();
            check(received, envelope);
            id = envelope.eventId();
            var type = here.get(envelope.type());
            if (type == null) {
                return notUnderstood(received, envelope, "event_type: unknown to this version");
            }
            if (!handled.contains(type)) {
                return new Inbound.Skipped(received);
            }
            if (envelope.version() > Event.versionOf(type)) {
                return notUnderstood(
                        received,
                        envelope,
                        "event_version: " + envelope.version() + " is newer than this version knows");
            }
            var event = codec.read(envelope, type);
            var identity = new Inbox.Entry(envelope.eventId(), received.sha256(), codec.said(envelope, event));
            return new Inbound.Understood(received, identity, event, trace(received));
        } catch (Unreadable e) {
            return new Inbound.Refused(received, order, said, id, Reason.UNREADABLE, e.getMessage());
        }
    }

    private void check(Received received, EventCodec.Sealed envelope) {
        if (!received.keyText().equals(envelope.orderId().toString())) {
            throw new Unreadable("key: not the order_id of the value");
        }
        agrees(received, "ce_id", envelope.eventId().toString()::equalsIgnoreCase);
        agrees(received, "ce_type", envelope.type()::equals);
        agrees(received, "ce_subject", envelope.orderId().toString()::equals);
        var home = elsewhere.get(envelope.type());
        if (home != null && !here.containsKey(envelope.type())) {
            throw new Unreadable("event_type: " + envelope.type() + " belongs on " + home);
        }
    }

    private static void agrees(Received received, String header, Predicate<String> body) {
        var given = received.header(header);
        if (given != null && !body.test(given)) {
            throw new Unreadable(header + ": header and body differ");
        }
    }

    private static Inbound notUnderstood(Received received, EventCodec.Sealed envelope, String error) {
        return new Inbound.Refused(
                received, envelope.orderId(), envelope.type(), envelope.eventId(), Reason.NOT_UNDERSTOOD, error);
    }

    /**
     * A null value has no id of its own: its place and its key serve as one, for a topic that is made anew counts from
     * zero again.
     */
    private Inbound erasure(Received received) {
        var type = channel.tombstone();
        if (type == null) {
            throw new Unreadable("value: missing");
        }
        if (!handled.contains(type)) {
            return new Inbound.Skipped(received);
        }
        if (!EventCodec.isKey(received.keyText())) {
            throw new Unreadable("key: no UUID in lower case");
        }
        var place = received + " " + received.keyText();
        var id = UUID.nameUUIDFromBytes(place.getBytes(StandardCharsets.UTF_8));
        var event = codec.empty(type, UUID.fromString(received.keyText()), received.at());
        var identity = new Inbox.Entry(id, received.sha256(), null);
        return new Inbound.Understood(received, identity, event, trace(received));
    }

    private static String trace(Received received) {
        return TraceContext.valid(received.header(TraceContext.HEADER));
    }
}
