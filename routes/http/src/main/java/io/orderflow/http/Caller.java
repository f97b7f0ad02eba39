package io.orderflow.http;

import java.util.regex.Pattern;
import org.apache.camel.Exchange;

/**
 * Who calls. What belongs to one caller does not exist for another. This is the one place that knows how a caller shows
 * who it is: today by a header that a gateway sets.
 *
 * @param id 1 to 64 letters, digits, dots, underscores, hyphens or at signs
 */
public record Caller(String id) {

    static final String HEADER = "X-Customer-Id";

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._@-]{1,64}");
    private static final Caller DEMO = new Caller("demo");

    public Caller {
        if (!ALLOWED.matcher(id).matches()) {
            throw new IllegalArgumentException("caller: wrong form (expected: " + ALLOWED + ")");
        }
    }

    /**
     * The caller of this request, {@code demo} where it says nothing.
     *
     * @throws Refusal 400, if it is not a possible id
     */
    public static Caller of(Exchange exchange) {
        return Request.of(exchange).header(HEADER).map(Caller::named).orElse(DEMO);
    }

    private static Caller named(String id) {
        if (!ALLOWED.matcher(id).matches()) {
            throw new Refusal(
                    Problem.malformed(HEADER + ": wrong form (expected: 1 to 64 of letters, digits and . _ @ -)"));
        }
        return new Caller(id);
    }
}
