package io.orderflow.http;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** How a query's names and values are written: percent-encoded UTF-8, and nothing that could begin another line. */
final class PercentCode {

    private PercentCode() {}

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
