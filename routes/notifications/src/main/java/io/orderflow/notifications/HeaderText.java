package io.orderflow.notifications;

import jakarta.mail.internet.MimeUtility;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.StringJoiner;

/**
 * Text as it stands in a header so that it arrives as it was written (RFC 2047). The mail library encodes what is not
 * ASCII; what only looks encoded, {@code =?utf-8?q?=42ob?=}, it lets pass, and the reader would see something else.
 */
final class HeaderText {

    private static final String LOOKS_ENCODED = "=?";

    /** A word has at most 75 characters, of which 12 are its frame; three bytes become four characters. */
    private static final int BYTES_OF_A_WORD = (75 - 12) / 4 * 3;

    private HeaderText() {}

    static String of(String text) {
        try {
            return text.contains(LOOKS_ENCODED)
                    ? encoded(text)
                    : MimeUtility.encodeWord(text, StandardCharsets.UTF_8.name(), null);
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** One word after the other, none of which ends within a character. */
    private static String encoded(String text) {
        var words = new StringJoiner("\r\n ");
        var word = new StringBuilder();
        for (int c : text.codePoints().toArray()) {
            var next = Character.toString(c);
            if (bytes(word + next).length > BYTES_OF_A_WORD) {
                words.add(framed(word));
                word.setLength(0);
            }
            word.append(next);
        }
        return words.add(framed(word)).toString();
    }

    private static String framed(CharSequence word) {
        return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(bytes(word)) + "?=";
    }

    private static byte[] bytes(CharSequence text) {
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }
}
