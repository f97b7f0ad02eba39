package io.orderflow.bench.bare;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/** Takes orders with the JDK's own HTTP server, and answers when they are committed. */
final class BareIntake {

    private static final int TAKEN = 202;
    private static final int WRONG = 400;
    private static final int BACKLOG = 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BarePlacing placing;
    private final BareOrders orders;
    private final Map<String, Long> prices;

    BareIntake(BarePlacing placing, BareOrders orders, Map<String, Long> prices) {
        this.placing = placing;
        this.orders = orders;
        this.prices = prices;
    }

    void listen(int port) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/orders", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath().split("/");
            if (path.length == 2) {
                place(exchange);
            } else {
                orders.callOff(UUID.fromString(path[2]));
                answer(exchange, TAKEN, "{}");
            }
        } catch (SQLException | ExecutionException | InterruptedException | RuntimeException e) {
            answer(exchange, WRONG, String.valueOf(e));
        }
    }

    private void place(HttpExchange exchange) throws IOException, ExecutionException, InterruptedException {
        var body = exchange.getRequestBody().readAllBytes();
        var order = JSON.readTree(body);
        var wish = new BarePlacing.Wish(
                exchange.getRequestHeaders().getFirst("Idempotency-Key"),
                BareConsumer.sha256(body),
                order,
                total(order.get("lines")));
        answer(exchange, TAKEN, placing.place(wish).get());
    }

    private long total(JsonNode lines) {
        long total = 0;
        for (var line : lines) {
            var price = prices.get(line.get("sku").textValue());
            if (price == null) {
                throw new IllegalArgumentException("sku: " + line.get("sku") + " (expected: an article)");
            }
            total += price * line.get("quantity").intValue();
        }
        return total;
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
