package io.orderflow.http;

import java.net.URI;

/**
 * What a REST route answers when a plain 200 with its body as JSON is not enough. The edge renders it, and nothing but
 * this decides on status and headers: what else is in the message stays inside.
 *
 * @param location the resource that the answer is about, as a path, or null
 * @param body written as JSON in snake_case; a {@code String} is JSON already, a {@link Content}
 *     what it says, an {@link EventStream} what happens; null for no body
 * @param replayed whether it is the answer to an earlier request, which this one repeats under its key
 * @param retryAfter after how many seconds it is worth asking what has become of it; 0 where there is nothing to ask
 * @param applied what the client preferred and got, as {@code wait=10}, or null
 * @param isTagged whether its reader may keep it, and is told no more than that it is still the same when it asks with
 *     the tag that came with it
 */
public record Answer(
        int status, URI location, Object body, boolean replayed, int retryAfter, String applied, boolean isTagged) {

    public Answer {
        if (status < 200 || status > 299) {
            throw new IllegalArgumentException("status: " + status + " (expected: 2xx, and a Refusal for all else)");
        }
    }

    public static Answer ok(Object body) {
        return new Answer(200, null, body, false, 0, null, false);
    }

    /** 202: it is stored and will be done. */
    public static Answer accepted(Object body) {
        return new Answer(202, null, body, false, 0, null, false);
    }

    public static Answer noContent() {
        return new Answer(204, null, null, false, 0, null, false);
    }

    /** The same answer with a {@code Location}. */
    public Answer at(String path) {
        return new Answer(status, URI.create(path), body, replayed, retryAfter, applied, isTagged);
    }

    /** The same answer, said to be one that was given before or not: {@code Idempotent-Replayed}. */
    public Answer replayed(boolean before) {
        return new Answer(status, location, body, before, retryAfter, applied, isTagged);
    }

    /** The same answer, with the advice to ask after so many seconds: {@code Retry-After}. */
    public Answer askAfter(int seconds) {
        return new Answer(status, location, body, replayed, seconds, applied, isTagged);
    }

    /** The same answer, as the client preferred it: {@code Preference-Applied}. */
    public Answer applied(String preference) {
        return new Answer(status, location, body, replayed, retryAfter, preference, isTagged);
    }

    /** The same answer, of a request that reads, with an {@code ETag}. */
    public Answer tagged() {
        return new Answer(status, location, body, replayed, retryAfter, applied, true);
    }
}
