package io.orderflow.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.model.Kept;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Orders in maps. */
final class OrdersInMemory implements OrderRows, Kept {

    final Map<UUID, Order> orders = new LinkedHashMap<>();
    final List<NewOrder> added = new ArrayList<>();
    final Map<UUID, Duration> settledFor = new LinkedHashMap<>();
    final Map<UUID, Instant> finalAt = new HashMap<>();
    final List<UUID> erased = new ArrayList<>();
    final List<Entry> history = new ArrayList<>();
    private final Map<String, Product> products = new HashMap<>();
    private final Map<List<String>, PlaceOrder> keys = new HashMap<>();
    private final Map<List<String>, Placement> answers = new HashMap<>();
    private final Supplier<Instant> now;

    /** What is not there to be decided on, the history above all, makes no difference between two states. */
    private record Saved(
            Map<UUID, Order> orders,
            Map<UUID, Instant> finalAt,
            Map<List<String>, PlaceOrder> keys,
            Map<List<String>, Placement> answers) {}

    OrdersInMemory() {
        this(() -> Told.EARLIER);
    }

    /** @param now the time of the database */
    OrdersInMemory(Supplier<Instant> now) {
        this.now = now;
    }

    OrdersInMemory selling(String sku, long euros) {
        products.put(sku, new Product(sku, sku, new TreeMap<>(Map.of("EUR", euros))));
        return this;
    }

    OrdersInMemory with(Order order) {
        orders.put(order.id(), order);
        return this;
    }

    Status status(UUID id) {
        return orders.get(id).status();
    }

    /** What happened to an order, for example {@code OrderCreated PENDING}. */
    List<String> history(UUID id) {
        return history.stream()
                .filter(entry -> entry.orderId().equals(id))
                .map(entry -> entry.event() + " " + entry.status())
                .toList();
    }

    @Override
    public Map<String, Product> products(Collection<String> skus) {
        return products.entrySet().stream()
                .filter(one -> skus.contains(one.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public Map<UUID, Placement> claim(Map<PlaceOrder, Placement> wanted) {
        Map<UUID, Placement> earlier = new HashMap<>();
        wanted.forEach((wish, answer) -> {
            var key = List.of(wish.caller().id(), wish.key().value());
            var first = keys.putIfAbsent(key, wish);
            boolean same = first != null && first.bodyHash().equals(wish.bodyHash());
            if (first == null || (!same && answers.get(key) instanceof Placement.Refused)) {
                keys.put(key, wish);
                answers.put(key, answer);
            } else {
                earlier.put(wish.id(), same ? answers.get(key) : new Placement.KeyTaken());
            }
        });
        answers.values().removeIf(Placement.Refused.class::isInstance);
        keys.keySet().retainAll(answers.keySet());
        return earlier;
    }

    @Override
    public List<Order> lock(Collection<UUID> ids) {
        return ids.stream().filter(orders::containsKey).map(orders::get).toList();
    }

    @Override
    public List<Order> lockToErase(Duration time, int most) {
        return settledFor.entrySet().stream()
                .filter(one -> one.getValue().compareTo(time) > 0 && !erased.contains(one.getKey()))
                .map(one -> orders.get(one.getKey()))
                .limit(most)
                .toList();
    }

    @Override
    public Map<UUID, Optional<Instant>> reachable(Collection<UUID> ids, Duration time) {
        return ids.stream()
                .distinct()
                .filter(id -> !erased.contains(id))
                .collect(Collectors.toMap(id -> id, id -> Optional.ofNullable(settledFor.get(id))
                        .map(age -> now.get().plus(time.minus(age)))
                        .filter(now.get()::isBefore)));
    }

    @Override
    public void erased(Collection<UUID> ids) {
        erased.addAll(ids);
    }

    @Override
    public void add(List<NewOrder> more) {
        added.addAll(more);
        for (var one : more) {
            var order = Order.pending(one.id(), one.customerId(), one.accepted().total(), now.get());
            assertThat(orders.put(one.id(), order))
                    .as("order of this id before")
                    .isNull();
        }
    }

    @Override
    public void save(Collection<Order> changed) {
        for (var one : changed) {
            var before = orders.replace(one.id(), one);
            if (before == null || before.status() != Status.PENDING && before.status() != one.status()) {
                throw new AssertionError(one + ": was " + before + " (expected: there, and pending until it is final)");
            }
            if (one.status() != before.status()) {
                finalAt.put(one.id(), now.get());
            }
        }
    }

    @Override
    public void record(List<Entry> entries) {
        history.addAll(entries);
    }

    @Override
    public Object save() {
        return new Saved(Map.copyOf(orders), Map.copyOf(finalAt), Map.copyOf(keys), Map.copyOf(answers));
    }

    @Override
    public void restore(Object saved) {
        var state = (Saved) saved;
        replace(orders, state.orders());
        replace(finalAt, state.finalAt());
        replace(keys, state.keys());
        replace(answers, state.answers());
        added.clear();
        settledFor.clear();
        erased.clear();
        history.clear();
    }

    private static <K, V> void replace(Map<K, V> map, Map<K, V> by) {
        map.clear();
        map.putAll(by);
    }
}
