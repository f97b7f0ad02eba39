package io.orderflow.notifications;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.UUID;

/** Reads a request's body as the version before does, which fails on what it does not know. */
final class VersionBefore {

    private static final JsonMapper STRICT = JsonMapper.builder().build();

    private record Stored(String type, JsonNode work) {}

    /** The request to send a mail as that version has it. */
    record Request(UUID orderId, OrderOutcome outcome, int deferrals) {}

    private VersionBefore() {}

    static Request read(String body) throws JsonProcessingException {
        var stored = STRICT.readValue(body, Stored.class);
        if (!stored.type().equals(SendMail.class.getName())) {
            throw new IllegalStateException(stored.type());
        }
        return STRICT.treeToValue(stored.work(), Request.class);
    }
}
