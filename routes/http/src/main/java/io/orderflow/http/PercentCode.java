package io.orderflow.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** How a query's names and values are written: percent-encoded UTF-8, and nothing that could begin another line. */
final class PercentCode {

    private PercentCode() {}

    /**
     * The names in a query, as often as they are there; none in an empty one.
     *
     * @throws Refusal 400, if one is not written so
     */
    static List<String> names(String query) {
        return query.isEmpty()
                ? List.of()
                : Stream.of(query.split("&", -1))
                        .map(pair -> decoded(pair.split("=", 2)[0]))
                        .toList();
    }

    /** @throws Refusal 400, if it is not written so */
    static String decoded(String text) {
        try {
            var decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
            if (decoded.chars().noneMatch(c -> Character.isISOControl(c) || c == '\uFFFD')) {
                return decoded;
            }
        } catch (IllegalArgumentException e) {
            // A percent sign without two digits: refused below, like bytes that are not UTF-8.
        }
        throw new Refusal(
                Problem.malformed("query: badly encoded (expected: percent-encoded UTF-8 without control characters)"));
    }
}
