package io.orderflow.messaging.model;

import java.util.UUID;
import java.util.regex.Pattern;

/** How a story calls an order: the number of its wish, and of the try that was accepted. */
public final class Names {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private Names() {}

    public static UUID order(int number, int attempt) {
        return new UUID(0x7000L | (long) number << 16, 0x8000_0000_0000_0000L | attempt);
    }

    public static int number(UUID order) {
        return (int) (order.getMostSignificantBits() >>> 16);
    }

    static String of(UUID order) {
        return String.valueOf(number(order));
    }

    /** The same text with the numbers of orders in place of their ids. */
    static String shortened(String text) {
        return ID.matcher(text).replaceAll(id -> "order " + of(UUID.fromString(id.group())));
    }
}
