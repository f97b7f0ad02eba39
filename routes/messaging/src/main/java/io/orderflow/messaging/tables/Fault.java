package io.orderflow.messaging.tables;

import io.orderflow.messaging.Parking.Reason;

/**
 * What is wrong with a record that is parked.
 *
 * @param error in one line
 * @param stack where it failed, without its words, or null where nothing did
 * @param attempts how often handling it failed
 */
public record Fault(Reason reason, String error, String stack, int attempts) {

    private static final int MAX_ERROR_CHARACTERS = 500;

    public Fault {
        var text = error.replace("\0", "");
        error = text.length() <= MAX_ERROR_CHARACTERS ? text : text.substring(0, MAX_ERROR_CHARACTERS);
    }

    /** Nothing was thrown: it was seen by looking at it. */
    public static Fault seen(Reason reason, String error, int attempts) {
        return new Fault(reason, error, null, attempts);
    }
}
