package io.orderflow.http.ops;

import io.orderflow.http.Problem;
import io.orderflow.http.Refusal;
import io.orderflow.http.Request;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;

/** Times of the database's clock, as a query names them. */
final class Times {

    /** In UTC, as exactly as the database counts. */
    static final Pattern FORM = Pattern.compile("[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])"
            + "T(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\\.[0-9]{1,6})?Z");

    private Times() {}

    /** The time that a parameter names; null where it is missing. */
    static Instant of(Exchange exchange, String name) {
        try {
            return Request.query(exchange, name, FORM, "a time in UTC, as 2026-11-24T06:12:09Z")
                    .map(Instant::parse)
                    .orElse(null);
        } catch (DateTimeException e) {
            throw new Refusal(Problem.malformed(name + ": no such day (expected: one of the calendar)"));
        }
    }
}
