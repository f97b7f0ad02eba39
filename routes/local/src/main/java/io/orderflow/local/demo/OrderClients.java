package io.orderflow.local.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Customers who place each order at its time, whatever the answers do. They are honest: who gets none, or is asked to
 * come later, sends the same order under the same key again.
 */
final class OrderClients implements AutoCloseable {

    private static final int TAKEN = 202;
    private static final int NOT_NOW = 503;
    private static final int TOO_MANY = 429;
    private static final long PAUSE = 200;
    private static final long NANOS = 1_000_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI address;
    private final DemoClock clock;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final Queue<Integer> millis = new ConcurrentLinkedQueue<>();
    private final AtomicInteger repeated = new AtomicInteger();
    private final AtomicInteger different = new AtomicInteger();
    private final Queue<String> refused = new ConcurrentLinkedQueue<>();

    OrderClients(URI address, DemoClock clock) {
        this.address = address;
        this.clock = clock;
    }

    /** Answers when the last order is accepted. */
    void place(List<SeededOrder> orders) throws InterruptedException, ExecutionException {
        Queue<Future<?>> all = new ConcurrentLinkedQueue<>();
        for (var order : orders) {
            clock.awaitSecond(order.at());
            all.add(threads.submit(() -> {
                placeOne(order);
                return null;
            }));
        }
        for (var one : all) {
            one.get();
        }
    }

    private void placeOne(SeededOrder order) throws InterruptedException, ExecutionException {
        var second = order.repeated() ? threads.submit(() -> send(order)) : null;
        var id = send(order);
        if (second != null) {
            (id.equals(second.get()) ? repeated : different).incrementAndGet();
        }
    }

    /** Sends it until it is accepted, and gives the order's id. */
    private String send(SeededOrder order) throws InterruptedException {
        var request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", order.key())
                .timeout(Duration.ofSeconds(20))
                .POST(HttpRequest.BodyPublishers.ofString(order.body()))
                .build();
        while (true) {
            long began = System.nanoTime();
            try {
                var response = client.send(request, HttpResponse.BodyHandlers.ofString());
                if (response.statusCode() == TAKEN) {
                    millis.add((int) ((System.nanoTime() - began) / NANOS));
                    var id = JSON.readTree(response.body()).path("id").asText();
                    accepted.add(id);
                    return id;
                }
                if (response.statusCode() != NOT_NOW && response.statusCode() != TOO_MANY) {
                    refused.add(response.statusCode() + " " + response.body());
                    return "";
                }
            } catch (IOException e) {
                // As if it had not been sent, which nobody knows: the key makes sure that it counts once.
            }
            Thread.sleep(PAUSE);
        }
    }

    /** The ids of all orders that were accepted. */
    Set<String> accepted() {
        return Set.copyOf(accepted);
    }

    /** The answers that no honest order should get. */
    List<String> refused() {
        return List.copyOf(refused);
    }

    Moment.Taken taken() {
        var sorted = millis.stream().sorted().toList();
        return new Moment.Taken(
                accepted.size(), repeated.get(), different.get(), percentile(sorted, 50), percentile(sorted, 99));
    }

    private static int percentile(List<Integer> sorted, int percent) {
        return sorted.isEmpty() ? 0 : sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }

    @Override
    public void close() {
        threads.shutdownNow();
        client.shutdownNow();
    }
}
