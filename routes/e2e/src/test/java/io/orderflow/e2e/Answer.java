package io.orderflow.e2e;

import com.fasterxml.jackson.databind.JsonNode;

/** What the REST interface answered. */
record Answer(int status, String location, JsonNode body) {

    Answer expect(int expected) {
        if (status != expected) {
            throw new AssertionError("status: " + status + " (expected: " + expected + ") " + body);
        }
        return this;
    }

    String text(String member) {
        return body.path(member).asText(null);
    }
}
