package io.orderflow.app.operator;

import com.fasterxml.jackson.databind.JsonNode;
import io.orderflow.http.OneLine;
import java.util.regex.Pattern;

/**
 * What strangers have written, as a terminal may have it: without what steers the terminal, breaks the line, or turns
 * the direction of what stands beside it. It is what a reason may not have in it either, when it is taken in.
 */
final class Plain {

    private static final Pattern STEERING = Pattern.compile("[" + OneLine.FORBIDDEN + "]");
    private static final Pattern STEERING_IN_JSON = Pattern.compile("[" + OneLine.FORBIDDEN + "&&[^\\x00-\\x1f]]");

    private Plain() {}

    /** In one line, a space for each of them. */
    static String line(String text) {
        return STEERING.matcher(text).replaceAll(" ");
    }

    /** A member of an answer in one line, or a dash. */
    static String line(JsonNode value) {
        var text = value.isNull() || value.isMissingNode() ? "" : line(value.asText(value.toString()));
        return text.isEmpty() ? "-" : text;
    }

    /** The same JSON, with escapes for them; those of ASCII, which are in no string of it, are left. */
    static String json(String text) {
        return STEERING_IN_JSON.matcher(text).replaceAll(found -> "\\\\u%04x"
                .formatted((int) found.group().charAt(0)));
    }
}
