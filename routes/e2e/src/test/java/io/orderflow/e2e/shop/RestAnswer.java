package io.orderflow.e2e.shop;

import com.fasterxml.jackson.databind.JsonNode;

/** What the REST interface answered. */
public record RestAnswer(int status, String location, JsonNode body) {

    public RestAnswer expect(int expected) {
        if (status != expected) {
            throw new AssertionError("status: " + status + " (expected: " + expected + ") " + body);
        }
        return this;
    }

    public String text(String member) {
        return body.path(member).asText(null);
    }
}
