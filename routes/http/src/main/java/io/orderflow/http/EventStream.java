package io.orderflow.http;

import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;

/**
 * An answer that goes on: what happens is told as it happens (server-sent events). The edge asks for the next events
 * when its reader has taken those before, so that nothing gathers for one who reads slowly.
 */
public interface EventStream {

    /** The header in which a client that comes again says what it was told last. */
    String LAST_ID = "Last-Event-ID";

    /** Of a stream's events, which are counted from 1. */
    Pattern ID_FORM = Pattern.compile("0|[1-9][0-9]{0,8}");

    /**
     * One of them.
     *
     * @param id its number
     * @param data written as JSON in snake_case
     */
    record Event(int id, Object data) {}

    /**
     * What has happened since the last call, the first time since the stream's beginning; waits for it, and gives
     * nothing if nothing happens for so long.
     */
    List<Event> next(Duration patience);

    /** Whether nothing more will be told. */
    boolean isOver();

    /**
     * The number of the event that the client was told last; 0 if it does not say.
     *
     * @throws Refusal 400, if what it says is no number of one
     */
    static int lastId(Exchange exchange) {
        return Request.of(exchange)
                .header(LAST_ID)
                .map(text -> {
                    if (!ID_FORM.matcher(text).matches()) {
                        throw new Refusal(Problem.malformed(
                                LAST_ID + ": wrong form (expected: the id of an event of this stream)"));
                    }
                    return Integer.valueOf(text);
                })
                .orElse(0);
    }
}
