package io.orderflow.e2e.edge;

import static io.orderflow.e2e.edge.BadInput.ORDER;
import static io.orderflow.e2e.edge.BadInput.raw;
import static io.orderflow.e2e.edge.BadInput.request;

import java.util.List;
import java.util.stream.Stream;

/** R17 to R41: what paths, queries, headers and methods can have wrong. */
final class BadRequests {

    private static final String NOBODYS = "0190a6f0-0000-7000-8000-000000000000";
    private static final String JSON = "\nContent-Type: application/json";
    private static final String OPEN = " HTTP/1.1\r\nHost: shop\r\n";
    private static final String CLOSE = OPEN + "Connection: close\r\n";

    private BadRequests() {}

    static List<BadInput> rows() {
        return Stream.of(queries(), ids(), keys(), paths(), methods(), heads(), stock(), closed())
                .flatMap(List::stream)
                .toList();
    }

    private static List<BadInput> queries() {
        return List.of(
                request("R17", "GET /stock/%25", 404),
                request("R17", "GET /stock/_", 404),
                request("R17", "GET /stock/a'%20OR%201=1", 404),
                request("R17", "GET /stock/a;drop", 404),
                request("R17", "GET /stock/a\\b", 400),
                request("R18", "GET /orders?status=status;drop", 400),
                request("R18", "GET /orders?status='%20OR%201=1", 400),
                request("R18", "GET /orders?status=(select%20version())", 400),
                request("R18", "GET /orders?sort=(select%20version())", 400),
                request("R20", "GET /orders?limit=0", 400),
                request("R20", "GET /orders?limit=-1", 400),
                request("R20", "GET /orders?limit=1000000", 400),
                request("R20", "GET /orders?limit=1&limit=2", 400),
                request("R20", "GET /products?limit=x", 400),
                request("R20", "GET /stock?limit=%00", 400),
                request("R20", "GET /orders?after=forged", 400),
                request("R20", "GET /products?after=AAEx", 400),
                request("R20", "GET /orders?after=" + "A".repeat(5000), 400));
    }

    private static List<BadInput> ids() {
        return List.of(
                request("R19", "GET /orders/1", 400),
                request("R19", "GET /orders/1-1-1-1-1", 400),
                request("R19", "GET /orders/" + NOBODYS, 404),
                request("R19", "GET /orders/{foreign}", 404),
                request("R38", "POST /orders/{foreign}/cancellation", 404),
                request("R38", "POST /orders/" + NOBODYS + "/cancellation", 404),
                request("R38", "POST /orders/x/cancellation", 400));
    }

    private static List<BadInput> keys() {
        return List.of(
                key("missing", "X: y"),
                key("empty", "Idempotency-Key: "),
                key("empty in quotes", "Idempotency-Key: \"\""),
                key("256 long", "Idempotency-Key: " + "k".repeat(256)),
                key("a tab", "Idempotency-Key: a\tb"),
                key("a control", "Idempotency-Key: a\u0001b"),
                key("not ASCII", "Idempotency-Key: \u00e4"),
                key("two", "Idempotency-Key: a\nIdempotency-Key: b"));
    }

    private static BadInput key(String what, String header) {
        return request("R21", what, "POST /orders" + JSON + "\n" + header, ORDER, 400);
    }

    private static List<BadInput> paths() {
        return Stream.of(
                        "//orders",
                        "/orders/..;/ops/audit",
                        "/%2e%2e/orders",
                        "/orders%2f" + NOBODYS,
                        "/orders%252f" + NOBODYS,
                        "/orders;x=y",
                        "/ORDERS",
                        "/orders/",
                        "/orders/./",
                        "/orders%00",
                        "/ops/audit",
                        "/ops%2faudit",
                        "/orders/../ops/audit",
                        "/%6fps/audit",
                        "/proxy",
                        "/proxy/http://localhost/ops/audit",
                        "/proxyops")
                .map(path -> request(path.contains("proxy") ? "R29" : "R28", "GET " + path, 404, 400))
                .toList();
    }

    private static List<BadInput> methods() {
        return List.of(
                request("R30", "TRACE /orders", 405),
                request("R30", "PROPFIND /orders", 405),
                request("R30", "PUT /orders", 405),
                request("R30", "DELETE /orders/" + NOBODYS, 405),
                request("R30", "POST /products", 405),
                raw("R30", "CONNECT", "CONNECT localhost:1" + CLOSE + "\r\n", 405),
                request("R29", "GET http://localhost:9876/ops/audit", 404, 400),
                request("R29", "GET http://localhost:9876/observe/env", 404, 400),
                request("R27", "GET /observe/env\nX-Original-URL: /orders\nX-Forwarded-Prefix: /orders", 404),
                request("R27", "GET /ops/audit\nX-Forwarded-Port: 8081\nX-Forwarded-Host: x:8081", 404),
                request("R27", "POST /products\nX-HTTP-Method-Override: GET", 405),
                request("R39", "GET /orders\nAccept: ///nonsense", 200, 406),
                request("R39", "GET /orders\nAccept: text/html", 200, 406),
                request("R39", "GET /orders\nAccept-Language: " + "de,".repeat(2000), 200),
                request("R39", "GET /nowhere\nAccept: ///nonsense", 404),
                request("R39", "GET /nowhere\nAccept-Language: " + "de,".repeat(2000), 404));
    }

    /** After each of them the server closes the connection, which nobody asks for. */
    private static List<BadInput> heads() {
        return List.of(
                raw("R31", "64 KiB of header", "GET /orders" + OPEN + "A: " + "b".repeat(65_536) + "\r\n\r\n", 400),
                raw("R31", "500 headers", "GET /orders" + OPEN + "A: b\r\n".repeat(500) + "\r\n", 400),
                raw(
                        "R31",
                        "two lengths",
                        "POST /orders" + OPEN + "Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}",
                        400),
                raw(
                        "R31",
                        "a header that goes on in the next line",
                        "GET /orders" + CLOSE + "X-Customer-Id: fold\r\nA: b\r\n c\r\n\r\n",
                        200,
                        400),
                raw("R31", "a folded length", "POST /orders" + OPEN + "Content-Length:\r\n 2\r\n\r\n{}", 400, 415),
                raw("R31", "a negative length", "POST /orders" + OPEN + "Content-Length: -1\r\n\r\n{}", 400),
                raw("R31", "a coding that nobody knows", "POST /orders" + OPEN + "Transfer-Encoding: x\r\n\r\n", 400),
                raw("R31", "a version that nobody knows", "GET /orders HTTP/4.2\r\nHost: shop\r\n\r\n", 400),
                raw("R31", "no host", "GET /orders HTTP/1.1\r\n\r\n", 400),
                raw("R31", "a control in a header's name", "GET /orders" + OPEN + "A\u0001B: c\r\n\r\n", 400),
                raw("R31", "no HTTP at all", "nonsense\r\n\r\n", 400));
    }

    private static List<BadInput> stock() {
        return List.of(
                delivery("negative", "{\"quantity\":-1}", "{sku}", 422),
                delivery("zero", "{\"quantity\":0}", "{sku}", 422),
                delivery("2^31", "{\"quantity\":2147483648}", "{sku}", 422),
                delivery("10^31", "{\"quantity\":1" + "0".repeat(31) + "}", "{sku}", 422),
                delivery("text", "{\"quantity\":\"1\"}", "{sku}", 400),
                delivery("an unknown article", "{\"quantity\":1}", "zq-unknown", 404));
    }

    private static BadInput delivery(String what, String body, String sku, int expected) {
        return request(
                "R37",
                what,
                "POST /stock/" + sku + "/deliveries" + JSON + "\nIdempotency-Key: " + what,
                body,
                expected);
    }

    private static List<BadInput> closed() {
        return Stream.of(
                        "R40 GET /actuator/env",
                        "R40 GET /observe/heapdump",
                        "R40 GET /observe/configprops",
                        "R40 GET /observe/health",
                        "R40 GET /observe/health/liveness",
                        "R40 GET /livez",
                        "R40 POST /observe/loggers/root",
                        "R40 POST /actuator/loggers/root",
                        "R40 POST /observe/shutdown",
                        "R40 POST /actuator/shutdown",
                        "R41 GET /swagger-ui/index.html",
                        "R41 GET /v3/api-docs",
                        "R41 GET /q/dev",
                        "R41 GET /jolokia",
                        "R41 GET /error")
                .map(row -> request(row.substring(0, 3), row.substring(4), 404))
                .toList();
    }
}
