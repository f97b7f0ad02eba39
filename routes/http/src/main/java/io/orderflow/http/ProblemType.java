package io.orderflow.http;

import java.util.Arrays;
import java.util.Locale;

/**
 * The kinds of problem that a client can meet. The URI of a kind is part of the API: a client may branch on it, so that
 * a constant is never renamed. {@code docs/problems.md} has them all.
 */
public enum ProblemType {
    MALFORMED_REQUEST(400, "The request cannot be understood"),
    UNAUTHENTICATED(401, "The caller is not known"),
    FORBIDDEN(403, "The caller may not do this"),
    NOT_FOUND(404, "There is no such resource"),
    METHOD_NOT_ALLOWED(405, "The resource does not know this method"),
    REQUEST_TIMEOUT(408, "The request came in too slowly"),
    CONFLICT(409, "The state of the resource does not allow this"),
    BODY_TOO_LARGE(413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body's media type or encoding is not supported"),
    EXPECTATION_FAILED(417, "The request expects what no server here does"),
    UNACCEPTABLE_VALUE(422, "The request is understood and cannot be accepted"),
    IDEMPOTENCY_KEY_REUSED(422, "The idempotency key stands for another request"),
    TOO_MANY_REQUESTS(429, "The caller sends too many requests"),
    INTERNAL_ERROR(500, "The request failed"),
    UNAVAILABLE(503, "The service cannot answer for the moment");

    private final int status;
    private final String title;

    ProblemType(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /** The answer's {@code Retry-After}: after how many seconds the same request may be answered better; 0 for none. */
    int retryAfter() {
        return switch (this) {
            case TOO_MANY_REQUESTS -> 1;
            case UNAVAILABLE -> 2;
            default -> 0;
        };
    }

    /** For example {@code urn:orderflow:problem:not-found}. */
    public String uri() {
        return "urn:orderflow:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The first kind with this status; any other status of a client's fault is {@link #MALFORMED_REQUEST}, and of ours
     * {@link #INTERNAL_ERROR}.
     */
    public static ProblemType of(int status) {
        return Arrays.stream(values())
                .filter(type -> type.status == status)
                .findFirst()
                .orElse(status < 500 ? MALFORMED_REQUEST : INTERNAL_ERROR);
    }
}
