package io.orderflow.http.edge;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * What tells one answer's body from another (RFC 9110, 8.8.3): a part of its SHA-256, so that it is another as soon as
 * one byte is, also where it is another version of ours that writes it.
 */
final class EntityTag {

    private static final int BYTES = 16;

    /** A member of a list of tags, which may be empty, with what ends it. A comma may stand in a tag, too. */
    private static final Pattern MEMBER =
            Pattern.compile("[ \\t]*+(?:(?:W/)?+(\"[\\x21\\x23-\\x7e\\x80-\\xff]*+\")[ \\t]*+)?+(?:,|\\z)");

    private EntityTag() {}

    /** A strong one. */
    static String of(byte[] body) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256").digest(body);
            return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(sha256, BYTES)) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: not in this JVM (expected: every JVM has it)", e);
        }
    }

    /**
     * Whether {@code If-None-Match} names it, alone or among others, or any. A weak one is as good, for that is what
     * becomes of ours where somebody compresses an answer on its way. What is no such list names nothing.
     */
    static boolean isNamed(String tag, String list) {
        if (list.equals(tag) || list.strip().equals("*")) {
            return true;
        }
        boolean found = false;
        var member = MEMBER.matcher(list);
        for (int at = 0; at < list.length(); at = member.end()) {
            if (!member.region(at, list.length()).lookingAt()) {
                return false;
            }
            found |= tag.equals(member.group(1));
        }
        return found;
    }
}
