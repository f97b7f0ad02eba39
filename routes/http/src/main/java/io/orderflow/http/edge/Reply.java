package io.orderflow.http.edge;

import io.orderflow.http.Answer;
import io.orderflow.http.Content;
import io.orderflow.http.EventStream;
import io.orderflow.http.Problem;
import io.orderflow.http.ProblemType;
import io.orderflow.http.StrictJson;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a request is answered, as it goes over the wire: an {@link Answer} or a {@link Problem}, rendered, and nothing
 * else of what a route had in its hands.
 *
 * @param headers those of this answer alone; {@link #mark} says what every answer says
 * @param mediaType null for an answer without a body
 * @param stream what follows the head in the place of a body, or null
 */
record Reply(int status, Map<String, String> headers, String mediaType, byte[] body, EventStream stream) {

    private static final byte[] NOTHING = {};
    private static final String TAG = "ETag";

    Reply {
        headers = Map.copyOf(headers);
    }

    private Reply(int status, Map<String, String> headers, String mediaType, byte[] body) {
        this(status, headers, mediaType, body, null);
    }

    static Reply of(Answer answer) {
        var plain =
                switch (answer.body()) {
                    case null -> empty(answer.status());
                    case Content content ->
                        new Reply(
                                answer.status(),
                                Map.of("Content-Security-Policy", content.policy()),
                                content.mediaType(),
                                content.bytes());
                    case EventStream events ->
                        new Reply(answer.status(), Map.of(), EventWriter.MEDIA_TYPE, NOTHING, events);
                    case String json -> json(answer, json.getBytes(StandardCharsets.UTF_8));
                    case Object value -> json(answer, StrictJson.bytes(value));
                };
        var located = answer.location() == null
                ? plain
                : plain.with("Location", answer.location().toString());
        var said = answer.replayed() ? located.with("Idempotent-Replayed", "true") : located;
        var preferred = answer.applied() == null ? said : said.with("Preference-Applied", answer.applied());
        var timed = timed(preferred, answer.retryAfter());
        return answer.isTagged() ? timed.tagged() : timed;
    }

    private static Reply json(Answer answer, byte[] body) {
        return new Reply(answer.status(), Map.of(), "application/json", body);
    }

    static Reply of(Problem problem) {
        var plain = new Reply(problem.status(), Map.of(), Problem.MEDIA_TYPE, StrictJson.bytes(problem));
        var timed = timed(plain, problem.retryAfter());
        return problem.status() == ProblemType.UNAUTHENTICATED.status()
                ? timed.with("WWW-Authenticate", "Bearer")
                : timed;
    }

    private static Reply timed(Reply reply, int seconds) {
        return seconds == 0 ? reply : reply.with("Retry-After", String.valueOf(seconds));
    }

    /** Its reader may keep it, and asks each time whether it is still the same. */
    private Reply tagged() {
        return with(TAG, EntityTag.of(body)).with("Cache-Control", "private, no-cache");
    }

    /** The same without its body, where the request has a tag of it: the client has it already. */
    Reply unlessKnownTo(HttpServletRequest request) {
        if (!headers.containsKey(TAG)) {
            return this;
        }
        var known = String.join(",", Collections.list(request.getHeaders("If-None-Match")));
        return EntityTag.isNamed(headers.get(TAG), known)
                ? new Reply(HttpServletResponse.SC_NOT_MODIFIED, headers, null, NOTHING)
                : this;
    }

    static Reply empty(int status) {
        return new Reply(status, Map.of(), null, NOTHING);
    }

    /** The same whose stream ends where telling what happens fails, for its head is out by then. */
    Reply endingWith(Consumer<RuntimeException> failures) {
        return stream == null ? this : new Reply(status, headers, mediaType, body, new EndingStream(stream, failures));
    }

    /** The same with this header, in the place of one of its name. */
    Reply with(String name, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Reply(status, more, mediaType, body, stream);
    }

    /** Says for every answer how it is to be taken, and to which request it belongs. */
    static void mark(HttpServletResponse response, Turn turn) {
        response.setHeader("X-Request-Id", turn.requestId().toString());
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "no-store");
    }

    /**
     * Sends it, whole or as it happens. A client that hangs up or reads nothing is nobody's failure: what cannot be
     * written to it is counted.
     */
    void send(HttpServletRequest request, HttpServletResponse response, EventWriter events, RefusalCount count) {
        response.setStatus(status);
        headers.forEach(response::setHeader);
        var turn = Turn.of(request);
        try {
            if (stream != null && !request.getMethod().equals("HEAD")) {
                events.write(stream, response, turn);
                return;
            }
            turn.answering();
            if (status != HttpServletResponse.SC_NO_CONTENT && status != HttpServletResponse.SC_NOT_MODIFIED) {
                response.setContentType(mediaType);
                if (stream == null) {
                    response.setContentLength(body.length);
                }
                response.getOutputStream().write(body);
            }
            response.flushBuffer();
        } catch (IOException e) {
            count.lostAnswer();
        }
    }
}
