package io.orderflow.http.ops;

import io.orderflow.http.ops.Shown.As;
import io.orderflow.messaging.ParkedSearch.Part;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;

/**
 * A part of what is in a parked event, as text or as hexadecimal digits. Parts are put together by {@code next}: text
 * ends with a whole character, so that none is torn between two parts.
 *
 * @param size of all of it; null where there is nothing, or nothing any more
 * @param from the first byte of this part
 * @param bytes how many bytes this part is of
 * @param value null where it is withheld, or there is none; a byte that is no text is U+FFFD
 * @param next where the next part begins, or null
 * @param withheld whether it is shown to nobody, for it can be erased
 */
record Payload(
        UUID id, String service, Long size, int from, int bytes, As as, String value, Integer next, boolean withheld) {

    static Payload of(UUID id, Part part, int from, As as) {
        var service = part.role().name();
        if (part.withheld() || part.size() == null) {
            return new Payload(id, service, part.size(), from, 0, as, null, null, part.withheld());
        }
        boolean isLast = from + (long) part.bytes().length >= part.size();
        var in = ByteBuffer.wrap(part.bytes());
        var value = as == As.HEX ? hex(in) : text(in, isLast);
        int next = from + in.position();
        return new Payload(
                id, service, part.size(), from, in.position(), as, value, next < part.size() ? next : null, false);
    }

    private static String hex(ByteBuffer in) {
        in.position(in.limit());
        return HexFormat.of().formatHex(in.array());
    }

    private static String text(ByteBuffer in, boolean isLast) {
        var out = CharBuffer.allocate(in.remaining());
        var decoder = decoder();
        decoder.decode(in, out, isLast);
        if (in.position() == 0 && in.hasRemaining()) {
            decoder = decoder();
            decoder.decode(in, out, true);
        }
        return out.flip().toString();
    }

    private static CharsetDecoder decoder() {
        return StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
    }
}
