package io.orderflow.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;

/**
 * Which page of a list a request asks for, by the key of the last row that the client has seen (keyset paging): {@code
 * limit} and {@code after}. A cursor is opaque and good for the caller and the resource that it was made for. It is not
 * signed, for it opens nothing that the caller may not read anyway: a query is always restricted to the caller by
 * itself, too.
 */
public final class Paging {

    /** Rows of a page when the client does not say. */
    public static final int DEFAULT_LIMIT = 20;

    public static final int MAX_LIMIT = 100;

    /** A key of one id. */
    public static final Pattern AN_ID = Request.CANONICAL_UUID;

    /** A key of one article's name. */
    public static final Pattern A_SKU = Pattern.compile("(?=.{1," + Request.MAX_SKU_CHARACTERS + "}$)" + Request.SKU);

    private static final int SEAL_BYTES = 8;

    /** What {@link #encoded} writes: Base64 for URLs, without padding. */
    private static final Pattern CURSOR = Pattern.compile("[A-Za-z0-9_-]{1,1024}");

    private final String scope;
    private final int limit;
    private final List<String> after;

    Paging(String scope, int limit, List<String> after) {
        this.scope = scope;
        this.limit = limit;
        this.after = after;
    }

    /**
     * What this request asks for.
     *
     * @param key the form of the list's key; a client can make up a cursor that has another one
     * @throws Refusal 400, if the limit is not from 1 to 100 or the cursor is not one of ours for this caller and
     *     resource
     */
    public static Paging of(Exchange exchange, Pattern key) {
        var scope = Caller.of(exchange).id() + " " + Request.of(exchange).path();
        var limit = Request.query(exchange, "limit").map(Paging::limit).orElse(DEFAULT_LIMIT);
        var after = Request.query(exchange, "after")
                .map(cursor -> decoded(scope, cursor))
                .orElse(List.of());
        if (after.size() > 1 || !after.stream().allMatch(key.asMatchPredicate())) {
            throw wrongCursor();
        }
        return new Paging(scope, limit, after);
    }

    /** At most this many rows; a query asks for one more, to know whether there is a next page. */
    public int limit() {
        return limit;
    }

    /** The key of the last row of the previous page; empty for the first page. */
    public List<String> after() {
        return after;
    }

    /**
     * Makes the page out of what was read.
     *
     * @param rows at most one more than {@link #limit}, in the order of their keys
     * @param key the values that order the list, unique together
     */
    public <T> Page<T> page(List<T> rows, Function<? super T, List<String>> key) {
        if (rows.size() <= limit) {
            return new Page<>(rows, null);
        }
        var items = rows.subList(0, limit);
        return new Page<>(items, encoded(scope, key.apply(items.getLast())));
    }

    private static int limit(String text) {
        if (text.matches("[1-9][0-9]?|100")) {
            return Integer.parseInt(text);
        }
        throw new Refusal(Problem.malformed("limit: out of range (expected: 1 to " + MAX_LIMIT + ")"));
    }

    static String encoded(String scope, List<String> key) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            for (var part : key) {
                out.writeUTF(part);
            }
            out.write(seal(scope, key));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    static List<String> decoded(String scope, String cursor) {
        if (!CURSOR.matcher(cursor).matches()) {
            throw wrongCursor();
        }
        try {
            var bytes = Base64.getUrlDecoder().decode(cursor);
            var in = new DataInputStream(new ByteArrayInputStream(bytes));
            List<String> key = new ArrayList<>();
            while (in.available() > SEAL_BYTES) {
                key.add(in.readUTF());
            }
            if (key.isEmpty() || !Arrays.equals(in.readAllBytes(), seal(scope, key))) {
                throw wrongCursor();
            }
            return List.copyOf(key);
        } catch (IllegalArgumentException | IOException e) {
            throw wrongCursor();
        }
    }

    /** Tells a cursor of this caller and resource from any other; it does not keep a client from making one up. */
    private static byte[] seal(String scope, List<String> key) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            var text = scope + "\n" + String.join("\n", key);
            return Arrays.copyOf(sha256.digest(text.getBytes(StandardCharsets.UTF_8)), SEAL_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: not in this JVM (expected: every JVM has it)", e);
        }
    }

    private static Refusal wrongCursor() {
        return new Refusal(
                Problem.malformed("after: not a cursor of this list (expected: the next of its previous page)"));
    }
}
