package io.orderflow.http;

import org.apache.camel.Exchange;

/**
 * Why an operator wants what he asks for: the body of every call that the record is to have a reason of.
 *
 * @param reason 1 to 500 characters in one line
 */
public record Reason(String reason) {

    public static final int MAX_CHARACTERS = 500;

    /** @throws Refusal 422, if it has another form */
    public Reason {
        if (!OneLine.is(reason, MAX_CHARACTERS)) {
            throw new Refusal(Problem.unacceptable("/reason", OneLine.expected(MAX_CHARACTERS)));
        }
    }

    /**
     * The call that this exchange is, with the reason in its body: on record from here on, even where it is refused.
     *
     * @throws Refusal if the body is no reason
     */
    public static Call attachTo(Exchange exchange) {
        var call =
                Call.of(exchange).because(Request.body(exchange, Reason.class).reason());
        call.attachTo(exchange);
        return call;
    }
}
