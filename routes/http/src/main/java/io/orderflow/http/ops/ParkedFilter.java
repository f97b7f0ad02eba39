package io.orderflow.http.ops;

import io.orderflow.http.Request;
import io.orderflow.messaging.ParkedSearch.Filter;
import io.orderflow.messaging.Parking.Reason;
import io.orderflow.messaging.Parking.State;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;

/** Which parked events a request asks for. */
final class ParkedFilter {

    static final Pattern KEY = Pattern.compile("[^\\x00-\\x1f\\x7f-\\x9f\\ufffd]{0,200}");
    static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");
    static final Pattern TYPE = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,99}");
    static final Pattern ERROR_CLASS = Pattern.compile("[A-Z][A-Za-z0-9_$]{0,499}");
    static final Pattern GROUP = Pattern.compile("[0-9a-f]{16}");
    static final Pattern AGE = Request.AGE;

    private ParkedFilter() {}

    static Filter of(Exchange exchange) {
        return of(exchange, Request.query(exchange, "state", State.class).orElse(State.PARKED));
    }

    /** The same among those in a state. */
    static Filter of(Exchange exchange, State state) {
        return new Filter(
                state,
                Request.queryUuid(exchange, "order").orElse(null),
                Request.query(exchange, "key", KEY, "at most 200 characters, none of them a control")
                        .orElse(null),
                Request.query(exchange, "topic", TOPIC, "1 to 249 letters, digits and . _ -")
                        .orElse(null),
                Request.query(exchange, "type", TYPE, "a letter, and up to 99 of letters, digits and . _ -")
                        .orElse(null),
                Request.query(exchange, "reason", Reason.class).orElse(null),
                Request.query(exchange, "error_class", ERROR_CLASS, "a class without its package")
                        .orElse(null),
                Request.query(exchange, "group", GROUP, "16 hexadecimal digits in lower case")
                        .orElse(null),
                Request.queryAge(exchange, "min_age").orElse(null),
                Request.queryAge(exchange, "max_age").orElse(null));
    }
}
