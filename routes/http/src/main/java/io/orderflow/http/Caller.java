package io.orderflow.http;

import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;

/**
 * Who calls. What belongs to one caller does not exist for another. With tokens it is the token's subject.
 *
 * @param id 1 to 255 printable ASCII characters, as OpenID Connect has it
 */
public record Caller(String id) {

    private static final String PROPERTY = "orderflow.caller";
    private static final Pattern ID_FORM = Pattern.compile("[\\x20-\\x7e]{1,255}");

    public Caller {
        if (!isPossible(id)) {
            throw new IllegalArgumentException("caller: wrong form (expected: " + ID_FORM + ")");
        }
    }

    /** Whether this could be a caller's id. */
    public static boolean isPossible(String id) {
        return ID_FORM.matcher(id).matches();
    }

    /**
     * The caller of this request.
     *
     * @throws Refusal 401, if nobody knows
     */
    public static Caller of(Exchange exchange) {
        return Optional.ofNullable(exchange.getProperty(PROPERTY, Caller.class))
                .orElseThrow(() -> new Refusal(Problem.of(ProblemType.UNAUTHENTICATED, null)));
    }

    /** Lets the route find it: what the edge does once it knows who sends a request. */
    public void attachTo(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
    }
}
