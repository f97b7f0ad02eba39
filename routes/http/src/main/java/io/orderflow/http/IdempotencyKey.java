package io.orderflow.http;

import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;

/**
 * The client's own name for a request, so that it may send the same one again without knowing whether the first
 * arrived. The IETF draft writes the header as a quoted string; many clients leave the quotes out; both name the same
 * key.
 *
 * @param value 1 to 255 printable ASCII characters
 */
public record IdempotencyKey(String value) {

    /** The header that carries it. */
    public static final String HEADER = "Idempotency-Key";

    /** The query's parameter that carries it where a request is looked for. */
    public static final String PARAMETER = "idempotency_key";

    private static final Pattern KEY_FORM = Pattern.compile("[\\x20-\\x7e]{1,255}");

    /**
     * The header with a key in it: bare, of one character or of several of which the first and the last are not both
     * quotes; or in quotes. A bare one has no spaces at its ends, for HTTP takes them away.
     */
    private static final Pattern HEADER_FORM = Pattern.compile("[\\x21-\\x7e]"
            + "|[\\x21\\x23-\\x7e][\\x20-\\x7e]{0,253}[\\x21-\\x7e]"
            + "|\\x22[\\x20-\\x7e]{0,253}[\\x21\\x23-\\x7e]"
            + "|\\x22[\\x20-\\x7e]{1,255}\\x22");

    public IdempotencyKey {
        if (!KEY_FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("idempotency key: wrong form (expected: " + KEY_FORM + ")");
        }
    }

    /**
     * The key of this request.
     *
     * @throws Refusal 400, if there is none, more than one, or a wrong one
     */
    public static IdempotencyKey of(Exchange exchange) {
        var given = Request.of(exchange).header(HEADER);
        return of(HEADER, given, "a new value for each new request");
    }

    /**
     * The key by which this request asks for an earlier one, in the query's parameter {@link #PARAMETER}, as the header
     * had it.
     *
     * @throws Refusal 400, if there is none, more than one, or a wrong one
     */
    public static IdempotencyKey queried(Exchange exchange) {
        return of(PARAMETER, Request.query(exchange, PARAMETER), "the value under which the request was sent");
    }

    private static IdempotencyKey of(String place, Optional<String> given, String expected) {
        var text = given.orElseThrow(
                () -> new Refusal(Problem.malformed(place + ": missing (expected: " + expected + ")")));
        if (!HEADER_FORM.matcher(text).matches()) {
            throw new Refusal(
                    Problem.malformed(place + ": wrong form (expected: 1 to 255 printable ASCII characters)"));
        }
        return new IdempotencyKey(unquoted(text));
    }

    private static String unquoted(String header) {
        var quoted = header.length() >= 2 && header.startsWith("\"") && header.endsWith("\"");
        return quoted ? header.substring(1, header.length() - 1) : header;
    }

    @Override
    public String toString() {
        return value;
    }
}
