package io.orderflow.messaging.tables;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.orderflow.contracts.Event;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/**
 * Events to JSON and back. It writes
 * {@code {"event_id", "event_type", "event_version", "occurred_at", "order_id", "sequence", "payload"}} in snake case
 * and reads tolerantly: unknown members are ignored, but a missing, repeated or wrongly typed one is an error, for
 * nothing about money is guessed.
 */
public final class EventCodec {

    private final JsonMapper reader = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(32)
                            .maxNumberLength(40)
                            .build())
                    .build())
            .addModule(new JavaTimeModule())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .withCoercionConfig(LogicalType.Textual, textual -> {
                textual.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                textual.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                textual.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
            })
            .build();
    private final ObjectReader tree = reader.readerFor(JsonNode.class);
    private final ObjectWriter payload = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
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
        var json = new StringWriter(512);
        try (JsonGenerator out = payload.createGenerator(json)) {
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
        return json.toString();
    }

    /**
     * The envelope's members, checked, with the payload still unread.
     *
     * @throws Unreadable if the bytes are no such envelope
     */
    public Sealed open(byte[] value) {
        JsonNode json;
        try {
            json = tree.readValue(value);
        } catch (IOException e) {
            throw new Unreadable("no JSON: " + e.getClass().getSimpleName());
        }
        if (!(json instanceof ObjectNode)) {
            throw new Unreadable("value: no JSON object");
        }
        return new Sealed(
                uuid(json, "event_id"),
                text(json, "event_type"),
                whole(json, "event_version"),
                instant(json, "occurred_at"),
                uuid(json, "order_id"),
                whole(json, "sequence"),
                json.get("payload"));
    }

    /**
     * Reads the payload as an event of this type.
     *
     * @throws Unreadable if it is not one
     */
    public Event read(Sealed envelope, Class<? extends Event> type) {
        if (!(envelope.payload() instanceof ObjectNode members)) {
            throw new Unreadable("payload: no JSON object");
        }
        members.put("order_id", envelope.orderId().toString());
        members.put("occurred_at", envelope.occurredAt().toString());
        try {
            return reader.treeToValue(members, type);
        } catch (IOException | IllegalArgumentException e) {
            var cause = e.getCause() instanceof IllegalArgumentException refused ? refused : e;
            throw new Unreadable("payload: "
                    + (cause instanceof IllegalArgumentException
                            ? cause.getMessage()
                            : cause.getClass().getSimpleName()));
        }
    }

    /** An event without members of its own, as a tombstone stands for it. */
    public Event empty(Class<? extends Event> type, UUID orderId, Instant occurredAt) {
        return read(
                new Sealed(orderId, Event.typeOf(type), 1, occurredAt, orderId, 1, reader.createObjectNode()), type);
    }

    private static UUID uuid(JsonNode json, String name) {
        var text = text(json, name);
        try {
            var uuid = UUID.fromString(text);
            if (text.length() == 36) {
                return uuid;
            }
        } catch (IllegalArgumentException e) {
            throw new Unreadable(name + ": no UUID");
        }
        throw new Unreadable(name + ": no UUID");
    }

    private static String text(JsonNode json, String name) {
        var node = json.get(name);
        if (node == null || !node.isTextual()) {
            throw new Unreadable(name + ": missing or no text");
        }
        return node.textValue();
    }

    private static long whole(JsonNode json, String name) {
        var node = json.get(name);
        if (node == null || !node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 1) {
            throw new Unreadable(name + ": missing or no whole number from 1");
        }
        return node.longValue();
    }

    private static Instant instant(JsonNode json, String name) {
        try {
            return OffsetDateTime.parse(text(json, name)).toInstant();
        } catch (DateTimeException e) {
            throw new Unreadable(name + ": no RFC 3339 time");
        }
    }

    /** An envelope whose payload is not read yet. */
    public record Sealed(
            UUID eventId,
            String type,
            long version,
            Instant occurredAt,
            UUID orderId,
            long sequence,
            JsonNode payload) {}

    /** The bytes are not what the declaration says; they are parked as they are. */
    public static final class Unreadable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public Unreadable(String message) {
            super(message);
        }
    }
}
