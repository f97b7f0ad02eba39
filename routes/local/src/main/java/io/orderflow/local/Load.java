package io.orderflow.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.orderflow.testkit.Issuer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Places mixed orders over sixteen connections, and waits until each is final. It is an honest client: it repeats a
 * request that was not answered, with the same idempotency key, and shows a token whether or not the services ask for
 * one. Of a hundred orders seventy are good, fifteen are declined and fifteen are out of stock.
 */
final class Load {

    private static final int CONNECTIONS = 16;
    private static final Duration REPEAT_PAUSE = Duration.ofMillis(300);
    private static final Duration ACCEPTED_TIMEOUT = Duration.ofMinutes(3);
    private static final Duration POLL_PAUSE = Duration.ofMillis(50);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Layout layout;
    private final int orders;
    private final int withinSeconds;
    private final Random random = new Random(42);
    private final Queue<Long> latencies = new ConcurrentLinkedQueue<>();
    private final AtomicInteger repeated = new AtomicInteger();
    private final String token;

    Load(Layout layout, int orders, int withinSeconds) {
        this.layout = layout;
        this.orders = orders;
        this.withinSeconds = withinSeconds;
        this.token = Issuer.in(layout.issuer()).token("demo", "customer");
    }

    boolean run() throws IOException, InterruptedException {
        Queue<String> bodies = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < orders; i++) {
            bodies.add(body());
        }
        Queue<String> accepted = new ConcurrentLinkedQueue<>();
        long began = System.nanoTime();
        try (var client = HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .build();
                var threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            for (int i = 0; i < CONNECTIONS; i++) {
                threads.execute(() -> {
                    for (var body = bodies.poll(); body != null; body = bodies.poll()) {
                        var id = place(client, body);
                        if (id == null) {
                            return;
                        }
                        accepted.add(id);
                    }
                });
            }
            threads.shutdown();
            if (!threads.awaitTermination(ACCEPTED_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                threads.shutdownNow();
                throw new Refused("the orders are not taken (expected: make run in another window)");
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            System.out.printf(
                    "%d orders accepted in %.1f s over %d connections; answer p50 %d ms, p99 %d ms; %d requests repeated%n",
                    accepted.size(), seconds, CONNECTIONS, percentile(50), percentile(99), repeated.get());
            return finish(client, new ArrayList<>(accepted)) && accepted.size() == orders;
        }
    }

    private String body() {
        int kind = random.nextInt(100);
        var token = kind < 15 ? "tok_declined" : "tok_visa";
        var articles = List.of("mug", "teapot", "tea-assam", "spoon", "honey", "tray");
        var lines = new ArrayList<String>();
        if (kind >= 15 && kind < 30) {
            lines.add("{\"sku\":\"golden-teapot\",\"quantity\":1}");
        }
        int first = random.nextInt(articles.size());
        for (int i = 0; i <= random.nextInt(3); i++) {
            lines.add("{\"sku\":\"%s\",\"quantity\":%d}"
                    .formatted(articles.get((first + i) % articles.size()), 1 + random.nextInt(3)));
        }
        return """
                {"currency":"EUR","customer":{"name":"Ada","email":"ada@example.com"},"lines":[%s],"payment":{"token":"%s"}}""".formatted(String.join(",", lines), token);
    }

    /**
     * Places one order, again with the same key until the services accept it.
     *
     * @return the order's id; null if this thread was interrupted before
     */
    private String place(HttpClient client, String body) {
        var request = HttpRequest.newBuilder(URI.create(layout.http("/orders")))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            while (true) {
                var id = tried(client, request);
                if (id != null) {
                    return id;
                }
                repeated.incrementAndGet();
                Thread.sleep(REPEAT_PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    /** Sends the request once: the order's id, or null where it is to be sent again. */
    private String tried(HttpClient client, HttpRequest request) throws InterruptedException {
        long began = System.nanoTime();
        try {
            var response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() == 202) {
                latencies.add((System.nanoTime() - began) / 1_000_000);
                return JSON.readTree(response.body()).get("id").textValue();
            }
            if (response.statusCode() != 503 && response.statusCode() != 429) {
                throw new Refused("POST /orders: " + response.statusCode() + " " + response.body());
            }
            return null;
        } catch (IOException e) {
            return null;
        }
    }

    private boolean finish(HttpClient client, List<String> accepted) throws IOException, InterruptedException {
        long began = System.nanoTime();
        Map<String, Integer> ends = new HashMap<>();
        for (var id : accepted) {
            ends.merge(end(client, id, began), 1, Integer::sum);
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        boolean inTime = !ends.containsKey("PENDING");
        System.out.printf(
                "%s within %.1f s after the last answer (allowed: %d): %s%n",
                inTime ? "all are final" : "NOT all are final", seconds, withinSeconds, new TreeMap<>(ends));
        return inTime;
    }

    private String end(HttpClient client, String id, long began) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(layout.http("/orders/" + id)))
                .header("Authorization", "Bearer " + token)
                .build();
        while (true) {
            var status = status(client, request);
            if (!status.equals("PENDING") || System.nanoTime() - began > withinSeconds * 1_000_000_000L) {
                return status;
            }
            Thread.sleep(POLL_PAUSE);
        }
    }

    private static String status(HttpClient client, HttpRequest request) throws InterruptedException {
        try {
            var response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                return "PENDING";
            }
            var order = JSON.readTree(response.body());
            var status = order.path("status").asText();
            return order.path("reason").isTextual()
                    ? status + " " + order.get("reason").textValue()
                    : status;
        } catch (IOException e) {
            return "PENDING";
        }
    }

    private long percentile(int percent) {
        var sorted = latencies.stream().sorted().toList();
        return sorted.isEmpty() ? 0 : sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }
}
