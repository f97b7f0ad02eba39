package io.orderflow.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Locale;

/**
 * Why a request got no better answer: an RFC 9457 problem document. It tells what to change in the request, and repeats
 * nothing of it but the names of its fields.
 *
 * @param type the stable URI of the kind of problem, see {@link ProblemType}
 * @param detail what is wrong this time, or null
 * @param instance names this one occurrence in our log, or null
 * @param errors which members of the body are wrong; empty where no single one is
 */
@JsonPropertyOrder({"type", "title", "status", "detail", "instance", "errors"})
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Problem(String type, String title, int status, String detail, String instance, List<FieldError> errors) {

    public static final String MEDIA_TYPE = "application/problem+json";

    /**
     * One wrong member of the body.
     *
     * @param pointer its JSON pointer (RFC 6901), for example {@code /lines/0/quantity}
     * @param detail what is expected there
     */
    public record FieldError(String pointer, String detail) {}

    public Problem {
        errors = List.copyOf(errors);
    }

    public static Problem of(ProblemType type, String detail) {
        return of(type, detail, List.of());
    }

    public static Problem of(ProblemType type, String detail, List<FieldError> errors) {
        return new Problem(type.uri(), type.title(), type.status(), detail, null, errors);
    }

    /** 400: the form is wrong; nobody looked at the meaning. */
    public static Problem malformed(String detail) {
        return of(ProblemType.MALFORMED_REQUEST, detail);
    }

    /** 400: the form of this member of the body is wrong. */
    public static Problem malformed(String pointer, String detail) {
        return of(ProblemType.MALFORMED_REQUEST, null, List.of(new FieldError(pointer, detail)));
    }

    /**
     * 404: there is none, or none that this caller may know of. Both look the same, so there is nothing to say about
     * it.
     */
    public static Problem notFound() {
        return of(ProblemType.NOT_FOUND, null);
    }

    /** 409. */
    public static Problem conflict(String detail) {
        return of(ProblemType.CONFLICT, detail);
    }

    /** 422: the form is right, the value of this member of the body is not. */
    public static Problem unacceptable(String pointer, String detail) {
        return unacceptable(List.of(new FieldError(pointer, detail)));
    }

    /** 422: the form is right, the values of these members are not. */
    public static Problem unacceptable(List<FieldError> errors) {
        return of(ProblemType.UNACCEPTABLE_VALUE, null, errors);
    }

    /** 422: this key was used for a request with another body. */
    public static Problem idempotencyKeyReused() {
        return of(
                ProblemType.IDEMPOTENCY_KEY_REUSED,
                "Idempotency-Key: used before with another body (expected: a new key for a new request)");
    }

    /** The problem of a status that others have chosen: the container, or the dispatcher. */
    public static Problem of(int status) {
        var type = ProblemType.of(status);
        return new Problem(type.uri(), type.title(), status, null, null, List.of());
    }

    /** The answer's {@code Retry-After}, in seconds; 0 for none. */
    public int retryAfter() {
        return ProblemType.of(status).retryAfter();
    }

    /** The name of its kind, for example {@code NOT_FOUND}. */
    public String name() {
        return type.substring(type.lastIndexOf(':') + 1).replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** The same problem, with the name of its one occurrence. */
    public Problem instance(String name) {
        return new Problem(type, title, status, detail, name, errors);
    }
}
