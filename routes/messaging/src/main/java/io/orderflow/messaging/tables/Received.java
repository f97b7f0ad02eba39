package io.orderflow.messaging.tables;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * A record as the broker gave it: bytes, headers and position, so that what cannot be handled can be kept as it was.
 *
 * @param topic as declared, without prefix
 * @param key may be null
 * @param value may be null
 * @param at the record's time, as its writer or the broker set it
 */
public record Received(
        String topic, int partition, long offset, byte[] key, byte[] value, Instant at, List<Header> headers) {

    private static final int LONGEST_KEY = 200;

    /**
     * A record's header.
     *
     * @param value may be null
     */
    public record Header(String name, byte[] value) {}

    /**
     * The key as text, whatever its bytes are: what parks and blocks together. A long one, which no index would hold,
     * is told by its hash.
     */
    public String keyText() {
        if (key == null) {
            return "";
        }
        return key.length <= LONGEST_KEY
                ? new String(key, StandardCharsets.UTF_8).replace("\0", "\uFFFD")
                : "sha256:" + HexFormat.of().formatHex(digest(key));
    }

    /** The last value of a header as text, or null. */
    public String header(String name) {
        String found = null;
        for (var header : headers) {
            if (header.name().equals(name) && header.value() != null) {
                found = new String(header.value(), StandardCharsets.UTF_8);
            }
        }
        return found;
    }

    /** SHA-256 of the value. */
    public byte[] sha256() {
        return digest(value == null ? new byte[0] : value);
    }

    static byte[] digest(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Received that
                && topic.equals(that.topic)
                && partition == that.partition
                && offset == that.offset
                && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(offset) * 31 + partition;
    }

    @Override
    public String toString() {
        return topic + "-" + partition + "@" + offset;
    }
}
