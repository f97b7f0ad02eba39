package io.orderflow.e2e.shop;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Customers who keep coming, so many a second, as long as not too many wait. Who gets no answer, or another one than
 * 202, sends the same form under the same key until it is accepted.
 */
public final class Rush implements AutoCloseable {

    private static final int LONGEST_QUEUE = 50;

    private final Shop shop;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService customers = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<OrderForm> forms = new ConcurrentLinkedQueue<>();
    private final Queue<Future<UUID>> orders = new ConcurrentLinkedQueue<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    public Rush(Shop shop, int perSecond, Supplier<OrderForm> form) {
        this.shop = shop;
        clock.scheduleAtFixedRate(() -> come(form.get()), 0, 1_000_000 / perSecond, TimeUnit.MICROSECONDS);
    }

    /** Nobody joins a queue that is too long. */
    private void come(OrderForm form) {
        if (forms.size() - accepted.get() >= LONGEST_QUEUE) {
            return;
        }
        forms.add(form);
        orders.add(customers.submit(() -> await().pollDelay(Duration.ZERO)
                .atMost(Shop.PATIENCE.multipliedBy(2))
                .ignoreExceptions()
                .until(() -> tryOnce(form), Optional::isPresent)
                .orElseThrow()));
    }

    private Optional<UUID> tryOnce(OrderForm form) {
        try {
            var answer = shop.http().post("/orders", form.key(), form.json());
            if (answer.status() == 202) {
                accepted.incrementAndGet();
                return Optional.of(UUID.fromString(answer.text("id")));
            }
            refused.incrementAndGet();
            return Optional.empty();
        } catch (RuntimeException e) {
            refused.incrementAndGet();
            throw e;
        }
    }

    /** Waits until so many more orders are accepted. */
    public Rush accepts(int more) {
        int enough = accepted.get() + more;
        await().atMost(Shop.PATIENCE).until(() -> accepted.get() >= enough);
        return this;
    }

    /** How often a customer had to come again. */
    public int refused() {
        return refused.get();
    }

    /** No more customers; waits until the last one is served. */
    public List<UUID> ends() throws InterruptedException {
        clock.shutdown();
        clock.awaitTermination(10, TimeUnit.SECONDS);
        return orders.stream().map(Rush::orderOf).toList();
    }

    public List<OrderForm> forms() {
        return List.copyOf(forms);
    }

    private static UUID orderOf(Future<UUID> order) {
        try {
            return order.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        customers.shutdownNow();
    }
}
