package io.orderflow.http;

import java.net.URI;

/**
 * What a REST route answers when a plain 200 with its body as JSON is not enough. The edge renders it, and nothing but
 * this decides on status and headers: what else is in the message stays inside.
 *
 * @param location the resource that the answer is about, as a path, or null
 * @param body written as JSON in snake_case; a {@code String} is JSON already, a {@link Content}
 *     what it says; null for no body
 */
public record Answer(int status, URI location, Object body) {

    public Answer {
        if (status < 200 || status > 299) {
            throw new IllegalArgumentException("status: " + status + " (expected: 2xx, and a Refusal for all else)");
        }
    }

    public static Answer ok(Object body) {
        return new Answer(200, null, body);
    }

    /** 202: it is stored and will be done. */
    public static Answer accepted(Object body) {
        return new Answer(202, null, body);
    }

    public static Answer noContent() {
        return new Answer(204, null, null);
    }

    /** The same answer with a {@code Location}. */
    public Answer at(String path) {
        return new Answer(status, URI.create(path), body);
    }
}
