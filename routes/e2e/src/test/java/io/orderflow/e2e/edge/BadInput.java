package io.orderflow.e2e.edge;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/**
 * A row of the table of bad input: what is sent over the wire, and with which statuses it may be answered.
 * {@code {sku}} stands for an article on the shelf, {@code {foreign}} for an order of somebody else.
 *
 * @param no the number in the table, R1 to R42
 * @param head the request line without its version, and headers; null where the bytes are all there is
 */
record BadInput(String no, String what, String head, byte[] body, int... expected) {

    /** A good order; what a refusal must not repeat is in it. */
    static final String ORDER = """
            {"currency":"EUR","customer":{"name":"Zq Echo","email":"zq-echo@example.org"},\
            "lines":[{"sku":"{sku}","quantity":1}],"payment":{"token":"tok_visa"}}""";

    static final String ECHO = "zq";

    /** An order that is not one. */
    static BadInput order(String no, String what, String body, int... expected) {
        return order(no, what, body.getBytes(StandardCharsets.UTF_8), expected);
    }

    static BadInput order(String no, String what, byte[] body, int... expected) {
        return new BadInput(
                no,
                what,
                "POST /orders\nContent-Type: application/json\nIdempotency-Key: " + UUID.randomUUID(),
                body,
                expected);
    }

    /** The good order, but for one thing. */
    static BadInput change(String no, String what, String from, String to, int... expected) {
        if (!ORDER.contains(from)) {
            throw new IllegalArgumentException(from + ": (expected: in the order)");
        }
        return order(no, what, ORDER.replace(from, to), expected);
    }

    /** A request line and headers, without a body. */
    static BadInput request(String no, String head, int... expected) {
        return new BadInput(no, head.replace('\n', ' '), head, new byte[0], expected);
    }

    /** A request line and headers, with a body. */
    static BadInput request(String no, String what, String head, String body, int... expected) {
        return new BadInput(no, what, head, body.getBytes(StandardCharsets.UTF_8), expected);
    }

    /** Bytes that no client's library would send. */
    static BadInput raw(String no, String what, String everything, int... expected) {
        return new BadInput(no, what, null, everything.getBytes(StandardCharsets.ISO_8859_1), expected);
    }

    boolean isRefused() {
        return expected[0] >= 400;
    }

    String method() {
        var line = head == null ? new String(body, StandardCharsets.ISO_8859_1) : head;
        return line.split(" ", 2)[0];
    }

    String path() {
        var words = (head == null ? new String(body, StandardCharsets.ISO_8859_1) : head).split("[ \r\n]", 3);
        return words.length > 1 ? words[1] : "";
    }

    byte[] bytes(String caller, String sku, UUID foreign) {
        if (head == null) {
            return filled(body, sku, foreign);
        }
        var content = filled(body, sku, foreign);
        var all = new ByteArrayOutputStream();
        var line = head.split("\n", 2);
        var lines = new StringBuilder(line[0]).append(" HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n");
        if (!head.contains("X-Customer-Id")) {
            lines.append("X-Customer-Id: ").append(caller).append("\r\n");
        }
        if (line.length > 1) {
            lines.append(line[1].replace("\n", "\r\n")).append("\r\n");
        }
        if (content.length > 0 && !head.contains("Transfer-Encoding")) {
            lines.append("Content-Length: ").append(content.length).append("\r\n");
        }
        all.writeBytes(filled(lines.append("\r\n").toString().getBytes(StandardCharsets.UTF_8), sku, foreign));
        all.writeBytes(content);
        return all.toByteArray();
    }

    private static byte[] filled(byte[] bytes, String sku, UUID foreign) {
        return new String(bytes, StandardCharsets.ISO_8859_1)
                .replace("{sku}", sku)
                .replace("{foreign}", foreign.toString())
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public String toString() {
        return no + " " + what + " -> " + Arrays.toString(expected);
    }
}
