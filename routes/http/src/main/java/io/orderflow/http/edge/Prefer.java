package io.orderflow.http.edge;

import java.util.regex.Pattern;

/**
 * What a client prefers (RFC 7240), of which we know one thing: to wait for its answer for so many seconds. Nobody is
 * refused for a preference; what cannot be read is as if it were not there.
 */
final class Prefer {

    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]++";

    /** A preference or a parameter of one, which may be empty, with what ends it. */
    private static final Pattern PIECE = Pattern.compile(
            "[ \\t]*+(?:(" + TOKEN + ")[ \\t]*+(?:=[ \\t]*+(" + TOKEN + "|\"[^\"\\\\]*+\")?+)?+[ \\t]*+)?+([,;]|\\z)");

    private static final Pattern SECONDS = Pattern.compile("\"?([0-9]{1,9})\"?");

    private Prefer() {}

    /** How many seconds the client would wait: of several such preferences the first one counts. */
    static int seconds(String list) {
        String wait = null;
        boolean isParameter = false;
        var piece = PIECE.matcher(list);
        for (int at = 0; at < list.length(); at = piece.end()) {
            if (!piece.region(at, list.length()).lookingAt()) {
                return 0;
            }
            if (wait == null && !isParameter && "wait".equalsIgnoreCase(piece.group(1))) {
                wait = String.valueOf(piece.group(2));
            }
            isParameter = piece.group(3).equals(";");
        }
        var seconds = SECONDS.matcher(String.valueOf(wait));
        return seconds.matches() ? Integer.parseInt(seconds.group(1)) : 0;
    }
}
