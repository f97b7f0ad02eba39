package io.orderflow.bench.bare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.f4b6a3.uuid.UuidCreator;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;

/** An event on its way to a topic, or as it was heard there. */
record Said(UUID id, String topic, String type, UUID order, JsonNode payload, byte[] value) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static final String ORDER_EVENTS = "bare_order_events";
    static final String PAYMENT_EVENTS = "bare_payment_events";
    static final String INVENTORY_EVENTS = "bare_inventory_events";
    static final String ORDER_CONTACTS = "bare_order_contacts";

    static Said now(String topic, String type, UUID order, JsonNode payload) {
        var id = UuidCreator.getTimeOrderedEpochPlus1();
        var event = JSON.createObjectNode()
                .put("event_id", id.toString())
                .put("event_type", type)
                .put("event_version", 1)
                .put("occurred_at", Instant.now().toString())
                .put("order_id", order.toString())
                .put("sequence", 1)
                .set("payload", payload);
        try {
            return new Said(id, topic, type, order, payload, JSON.writeValueAsBytes(event));
        } catch (IOException e) {
            throw new IllegalStateException(type, e);
        }
    }

    static Said heard(String topic, byte[] value) {
        try {
            var event = JSON.readTree(value);
            return new Said(
                    UUID.fromString(event.get("event_id").textValue()),
                    topic,
                    event.get("event_type").textValue(),
                    UUID.fromString(event.get("order_id").textValue()),
                    event.get("payload"),
                    value);
        } catch (IOException e) {
            throw new IllegalStateException(topic, e);
        }
    }

    boolean is(String wanted) {
        return type.equals(wanted);
    }
}
