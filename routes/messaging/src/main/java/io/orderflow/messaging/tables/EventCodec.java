package io.orderflow.messaging.tables;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.orderflow.contracts.Event;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Events to JSON and back. It writes
 * {@code {"event_id", "event_type", "event_version", "occurred_at", "order_id", "sequence", "payload"}} in snake case,
 * and reads exactly what the published JSON Schemas admit: members that it does not know are passed over, whatever is
 * in them, but one that it knows must be there once and of its kind, for nothing about money is guessed.
 */
public final class EventCodec {

    /**
     * The record's size is the only bound of what is passed over. Buffers come from one place for all threads: a
     * virtual thread of its own would find none in its hands.
     */
    private final JsonFactory json = JsonFactory.builder()
            .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .build();

    private final ObjectWriter payload = JsonMapper.builder(json)
            .addModule(new JavaTimeModule())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .addMixIn(Event.class, InEnvelope.class)
            .build()
            .writer();

    /** The members of an event that stand in the envelope instead of the payload. */
    private interface InEnvelope {
        @JsonIgnore
        UUID orderId();

        @JsonIgnore
        Instant occurredAt();
    }

    /** The value of the event's record in Kafka. */
    public String encode(Envelope envelope) {
        var event = envelope.event();
        var text = new StringWriter(512);
        try (JsonGenerator out = payload.createGenerator(text)) {
            out.writeStartObject();
            out.writeStringField("event_id", envelope.eventId().toString());
            out.writeStringField("event_type", Event.typeOf(event.getClass()));
            out.writeNumberField("event_version", Event.versionOf(event.getClass()));
            out.writeStringField("occurred_at", event.occurredAt().toString());
            out.writeStringField("order_id", event.orderId().toString());
            out.writeNumberField("sequence", envelope.sequence());
            out.writeFieldName("payload");
            payload.writeValue(out, event);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /**
     * A hash of what an event says, whatever bytes said it: of those that this codec would write. A member that came to
     * a type later and is not there changes nothing.
     */
    public byte[] said(Sealed envelope, Event event) {
        var bytes = encode(new Envelope(envelope.eventId(), envelope.sequence(), event));
        return Received.digest(bytes.getBytes(StandardCharsets.UTF_8));
    }

    /** The envelope as it is written; the payload is looked at when its type is known. */
    private record Head(
            UUID eventId,
            String eventType,
            long eventVersion,
            Instant occurredAt,
            String orderId,
            long sequence,
            JsonToken payload) {

        private Head {
            insist(eventId != null, "event_id: missing");
            insist(eventType != null, "event_type: missing");
            insist(eventVersion >= 1, "event_version: no whole number from 1");
            insist(occurredAt != null, "occurred_at: missing");
            // Brokers and locks go by bytes, so that an order has one name only.
            insist(orderId != null && isKey(orderId), "order_id: missing or no UUID in lower case");
            insist(sequence >= 1, "sequence: no whole number from 1");
        }

        private static void insist(boolean holds, String otherwise) {
            if (!holds) {
                throw new IllegalArgumentException(otherwise);
            }
        }
    }

    /**
     * The envelope's members, checked, with the payload still unread.
     *
     * @throws Unreadable if the bytes are no such envelope
     */
    public Sealed open(byte[] value) {
        try (var parser = json.createParser(value)) {
            parser.nextToken();
            var head = KnownMembers.read(parser, Head.class, Map.of());
            if (parser.nextToken() != null) {
                throw new Unreadable("value: more than one JSON object");
            }
            return new Sealed(
                    head.eventId(),
                    head.eventType(),
                    head.eventVersion(),
                    head.occurredAt(),
                    UUID.fromString(head.orderId()),
                    head.sequence(),
                    value);
        } catch (IOException e) {
            throw new Unreadable("no JSON: " + e.getClass().getSimpleName());
        }
    }

    /**
     * Reads the payload as an event of this type.
     *
     * @throws Unreadable if it is not one
     */
    public Event read(Sealed envelope, Class<? extends Event> type) {
        try (var parser = json.createParser(envelope.value())) {
            toPayload(parser);
            return KnownMembers.read(parser, type, given(envelope.orderId(), envelope.occurredAt()));
        } catch (IOException e) {
            throw new Unreadable("no JSON: " + e.getClass().getSimpleName());
        } catch (Unreadable e) {
            throw new Unreadable("payload: " + e.getMessage());
        }
    }

    private static void toPayload(JsonParser parser) throws IOException {
        parser.nextToken();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            boolean found = parser.currentName().equals("payload");
            parser.nextToken();
            if (found) {
                return;
            }
            parser.skipChildren();
        }
        throw new Unreadable("missing");
    }

    /** An event without members of its own, as a tombstone stands for it. */
    public Event empty(Class<? extends Event> type, UUID orderId, Instant occurredAt) {
        return KnownMembers.of(type, given(orderId, occurredAt));
    }

    private static Map<String, ?> given(UUID orderId, Instant occurredAt) {
        return Map.of("order_id", orderId, "occurred_at", occurredAt);
    }

    /** Whether a text is an order's id as keys have it: a UUID in lower case. */
    public static boolean isKey(String text) {
        return KnownMembers.isUuid(text) && text.equals(text.toLowerCase(Locale.ROOT));
    }

    /** The order that a text names, in letters of either case; empty if it names none. */
    public static Optional<UUID> order(String text) {
        return KnownMembers.isUuid(text) ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }

    /** An envelope whose payload is not read yet. */
    public record Sealed(
            UUID eventId, String type, long version, Instant occurredAt, UUID orderId, long sequence, byte[] value) {}
}
