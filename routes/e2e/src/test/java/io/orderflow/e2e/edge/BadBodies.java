package io.orderflow.e2e.edge;

import static io.orderflow.e2e.edge.BadInput.ORDER;
import static io.orderflow.e2e.edge.BadInput.change;
import static io.orderflow.e2e.edge.BadInput.order;
import static io.orderflow.e2e.edge.BadInput.raw;
import static io.orderflow.e2e.edge.BadInput.request;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** R1 to R16: what a body can have wrong. */
final class BadBodies {

    private static final String POST = "POST /orders\nIdempotency-Key: k\n";
    private static final String JSON = POST + "Content-Type: application/json\n";

    private BadBodies() {}

    static List<BadInput> rows() {
        return List.of(
                order("R1", "not JSON", "nonsense", 400),
                order("R1", "cut JSON", ORDER.substring(0, ORDER.length() - 1), 400),
                order("R1", "text after the object", ORDER + "x", 400),
                order("R1", "a second object", ORDER + ORDER, 400),
                order("R1", "empty", "", 400),
                order("R1", "blank", " ", 400),
                order("R1", "an array", "[" + ORDER + "]", 400),
                order("R1", "a number", "1", 400),
                order("R1", "null", "null", 400),
                order("R1", "a string", "\"order\"", 400),
                order("R1", "true", "true", 400),
                change("R2", "a member twice", "{\"currency\"", "{\"currency\":\"EUR\",\"currency\"", 400),
                change("R2", "a member of a line twice", "\"quantity\":1", "\"quantity\":1,\"quantity\":2", 400),
                change("R3", "status", "{\"currency\"", "{\"status\":\"CONFIRMED\",\"currency\"", 400),
                change("R3", "customer_id", "{\"currency\"", "{\"customer_id\":\"eve\",\"currency\"", 400),
                change("R3", "customerId", "{\"currency\"", "{\"customerId\":\"eve\",\"currency\"", 400),
                change("R3", "price", "\"quantity\":1", "\"quantity\":1,\"price\":1", 400),
                change("R3", "role", "\"name\":", "\"role\":\"operator.stock\",\"name\":", 400),
                change("R4", "quantity \"2\"", "\"quantity\":1", "\"quantity\":\"2\"", 400),
                change("R4", "quantity 2.0", "\"quantity\":1", "\"quantity\":2.0", 202),
                change("R4", "quantity 2.5", "\"quantity\":1", "\"quantity\":2.5", 400),
                change("R4", "quantity 1e1", "\"quantity\":1", "\"quantity\":1e1", 202),
                change("R4", "quantity true", "\"quantity\":1", "\"quantity\":true", 400),
                change("R4", "quantity null", "\"quantity\":1", "\"quantity\":null", 400),
                change("R4", "quantity [1]", "\"quantity\":1", "\"quantity\":[1]", 400),
                change("R4", "a currency in digits", "\"EUR\"", "978", 400),
                change("R4", "a line that is null", "{\"sku\":\"{sku}\",\"quantity\":1}", "null", 400),
                change("R4", "no quantity", ",\"quantity\":1", "", 400),
                change("R5", "NaN", "\"quantity\":1", "\"quantity\":NaN", 400),
                change("R5", "Infinity", "\"quantity\":1", "\"quantity\":Infinity", 400),
                change("R5", "1000 digits", "\"quantity\":1", "\"quantity\":" + "9".repeat(1000), 400),
                change("R5", "-0", "\"quantity\":1", "\"quantity\":-0", 400),
                change("R5", "2^63", "\"quantity\":1", "\"quantity\":9223372036854775808", 400),
                change("R6", "quantity 0", "\"quantity\":1", "\"quantity\":0", 422),
                change("R6", "quantity -1", "\"quantity\":1", "\"quantity\":-1", 422),
                change("R6", "quantity 10,001", "\"quantity\":1", "\"quantity\":10001", 422),
                request("R6", "a price of -1", price("new"), "{\"name\":\"a\",\"prices\":{\"EUR\":-1}}", 422),
                request("R6", "a price of 2^63-1", price("new"), prices("9223372036854775807"), 422),
                request("R5", "a price of 2^63", price("new"), prices("9223372036854775808"), 400),
                change("R7", "a currency that is none", "\"EUR\"", "\"XQQ\"", 422),
                change("R7", "no currency at all", "\"EUR\"", "\"XXX\"", 422),
                change("R7", "a currency for tests", "\"EUR\"", "\"XTS\"", 422),
                change("R7", "gold", "\"EUR\"", "\"XAU\"", 422),
                change("R7", "a currency in lower case", "\"EUR\"", "\"eur\"", 422),
                change("R7", "one that the article has no price in", "\"EUR\"", "\"USD\"", 422),
                change("R8", "101 lines", "{\"sku\":\"{sku}\",\"quantity\":1}", lines(101), 422),
                change("R8", "no line", "{\"sku\":\"{sku}\",\"quantity\":1}", "", 422),
                change(
                        "R8",
                        "one article twice",
                        "\"quantity\":1}",
                        "\"quantity\":1},{\"sku\":\"{sku}\",\"quantity\":1}",
                        422),
                change("R8", "an article that nobody knows", "\"{sku}\"", "\"zq-unknown\"", 422),
                order("R9", "nesting 33", "{\"a\":" + "[".repeat(33) + "]".repeat(33) + "}", 400),
                order("R9", "nesting 1,000", "{\"a\":" + "[".repeat(1_000) + "]".repeat(1_000) + "}", 400),
                order("R9", "nesting 30,000", "{\"a\":" + "[".repeat(30_000), 400),
                order("R9", "nesting 100,000", "{\"a\":" + "[".repeat(100_000), 413),
                order("R10", "64 KiB and one byte", " ".repeat(64 * 1024 + 1), 413),
                order("R10", "10 MiB", " ".repeat(10 * 1024 * 1024), 413),
                raw(
                        "R10",
                        "10 MiB of which nothing comes",
                        post("Content-Type: application/json\r\nContent-Length: 10485760"),
                        413),
                request(
                        "R10",
                        "chunks without end",
                        JSON + "Transfer-Encoding: chunked",
                        "1000\r\n" + " ".repeat(4096) + "\r\n",
                        408),
                request(
                        "R10",
                        "20 chunks of 4 KiB",
                        JSON + "Transfer-Encoding: chunked",
                        ("1000\r\n" + " ".repeat(4096) + "\r\n").repeat(20),
                        413),
                raw(
                        "R10",
                        "a length that lies",
                        post("Content-Type: application/json\r\nContent-Length: 9999") + "{}",
                        408),
                request("R11", "gzip", JSON + "Content-Encoding: gzip", "\u001f", 415),
                request("R11", "gzip bomb", JSON + "Content-Encoding: x-gzip", "z".repeat(60_000), 415),
                request("R11", "br", JSON + "Content-Encoding: br", ORDER, 415),
                request("R12", "no type", POST.strip(), ORDER, 415),
                request("R12", "text", POST + "Content-Type: text/plain", ORDER, 415),
                request("R12", "a form", POST + "Content-Type: application/x-www-form-urlencoded", "a=b", 415),
                request("R12", "UTF-16, said", POST + "Content-Type: application/json; charset=UTF-16", ORDER, 415),
                order("R12", "UTF-16, not said", ORDER.getBytes(StandardCharsets.UTF_16), 400),
                order("R12", "a byte order mark", "\uFEFF" + ORDER, 400),
                request(
                        "R13",
                        "Java",
                        POST + "Content-Type: application/x-java-serialized-object",
                        "\u00ac\u00ed\u0000\u0005sr",
                        415),
                order("R14", "not UTF-8", ORDER.replace("Echo", "\u00e4").getBytes(StandardCharsets.ISO_8859_1), 400),
                change("R14", "half a character", "Zq Echo", "\\ud800", 400),
                change("R14", "NUL", "Zq Echo", "a\\u0000b", 400),
                change("R14", "NUL in a name of a member", "\"name\"", "\"na\\u0000me\"", 400),
                change("R14", "a control", "Zq Echo", "a\\u001bb", 400),
                change("R14", "10,000 combining marks", "Zq Echo", "a" + "\u0301".repeat(10_000), 422),
                change("R14", "201 emojis", "Zq Echo", "\ud83d\ude00".repeat(201), 422),
                change("R14", "a bidi override", "Zq Echo", "a\u202eb", 422),
                change("R14", "a bidi isolate", "Zq Echo", "a\u2067b", 422),
                change("R14", "nothing but zero width", "Zq Echo", "\u200b\ufeff", 422),
                change("R14", "nothing but no-break spaces", "Zq Echo", "\u00a0\u00a0", 422),
                change("R14", "nothing but fillers", "Zq Echo", "\u3164", 422),
                change("R14", "zero width", "Zq Echo", "a\u200bb", 202),
                change("R14", "200 emojis", "Zq Echo", "\ud83d\ude00".repeat(200), 202),
                change("R15", "CR LF", "zq-echo@example.org", "zq@example.org\\r\\nBcc: eve@example.org", 422),
                change("R15", "LF", "zq-echo@example.org", "zq@example.org\\nBcc: eve@example.org", 422),
                change("R15", "an encoded line break", "zq-echo@example.org", "zq%0d%0aBcc:eve@example.org", 422),
                change("R15", "two addresses", "zq-echo@example.org", "zq@example.org,eve@example.org", 422),
                change("R15", "a name with a header", "zq-echo@example.org", "Bcc: x <zq@example.org>", 422),
                change("R15", "a quoted local part", "zq-echo@example.org", "\\\"a\\\\n b\\\"@example.org", 422),
                change("R15", "IDN", "zq-echo@example.org", "zq@ex\u00e4mple.org", 202),
                change("R15", "an IDN that means another", "zq-echo@example.org", "zq@fa\u00df.example", 422),
                change("R15", "an IDN that is none", "zq-echo@example.org", "zq@-\u00e4.example", 422),
                change("R15", "a local part that is not ASCII", "zq-echo@example.org", "z\u00e4@example.org", 422),
                change("R15", "255 characters", "zq-echo@example.org", "zq@" + "a.".repeat(125) + "org", 422),
                change("R16", "a name with a header line", "Zq Echo", "a\\r\\nBcc: eve@example.org", 422),
                change("R16", "a name with U+2028", "Zq Echo", "a\u2028b", 422));
    }

    private static String price(String sku) {
        return "PUT /products/" + sku + "\nContent-Type: application/json";
    }

    private static String prices(String amount) {
        return "{\"name\":\"a\",\"prices\":{\"EUR\":" + amount + "}}";
    }

    private static String lines(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"sku\":\"a" + i + "\",\"quantity\":1}")
                .collect(Collectors.joining(","));
    }

    private static String post(String headers) {
        return "POST /orders HTTP/1.1\r\nHost: shop\r\nConnection: close\r\nIdempotency-Key: k\r\n" + headers
                + "\r\n\r\n";
    }
}
