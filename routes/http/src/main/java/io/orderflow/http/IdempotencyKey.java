package io.orderflow.http;

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
        var header = Request.of(exchange)
                .header(HEADER)
                .orElseThrow(() -> new Refusal(
                        Problem.malformed(HEADER + ": missing (expected: a new value for each new request)")));
        if (!HEADER_FORM.matcher(header).matches()) {
            throw new Refusal(
                    Problem.malformed(HEADER + ": wrong form (expected: 1 to 255 printable ASCII characters)"));
        }
        return new IdempotencyKey(unquoted(header));
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
