package io.orderflow.orders;

import io.orderflow.http.Call;
import io.orderflow.orders.OrderRows.Entry;
import io.orderflow.orders.OrderRows.NewOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The orders, prices and answers that one transaction has loaded, and what its decisions have changed so far. */
final class LoadedOrders {

    private final Map<String, Product> catalogue;
    private final Map<PlaceOrder, Placement> answers;
    private final Map<UUID, Placement> earlier;
    private final List<Order> toErase;
    private final Map<UUID, Optional<Instant>> reachable;
    private final List<UUID> erased = new ArrayList<>();
    private final Map<UUID, Order> loaded = new HashMap<>();
    private final Map<UUID, Order> changed = new LinkedHashMap<>();
    private final List<NewOrder> added = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private final List<Call> calls = new ArrayList<>();

    LoadedOrders(
            Map<String, Product> catalogue,
            Map<PlaceOrder, Placement> answers,
            Map<UUID, Placement> earlier,
            List<Order> orders,
            List<Order> toErase,
            Map<UUID, Optional<Instant>> reachable) {
        this.catalogue = catalogue;
        this.answers = answers;
        this.earlier = earlier;
        this.toErase = toErase;
        this.reachable = new HashMap<>(reachable);
        orders.forEach(order -> loaded.put(order.id(), order));
    }

    /** The answer that was given before under the wish's key, or null. */
    Placement earlier(PlaceOrder wish) {
        return earlier.get(wish.id());
    }

    /** The answer that the wish's key was claimed for. */
    Placement answer(PlaceOrder wish) {
        return answers.get(wish);
    }

    long price(String sku, String currency) {
        return catalogue.get(sku).prices().get(currency);
    }

    /** An order as it stands now, or null. */
    Order order(UUID id) {
        return changed.getOrDefault(id, loaded.get(id));
    }

    void add(NewOrder order) {
        added.add(order);
    }

    void change(Order order) {
        if (!order.equals(order(order.id()))) {
            changed.put(order.id(), order);
        }
    }

    /** The orders whose customers are to be forgotten; each is given once. */
    List<Order> erase() {
        if (!erased.isEmpty()) {
            return List.of();
        }
        toErase.forEach(order -> erased.add(order.id()));
        return toErase;
    }

    /** From when on an operator may have the customer of this order forgotten; null where that is not to come. */
    Instant eraseFrom(Order order) {
        return reachable.getOrDefault(order.id(), Optional.empty()).orElse(null);
    }

    /** Whether the customer of this order could still be written to, who is to be forgotten from here on. */
    boolean erase(Order order) {
        return reachable.remove(order.id()) != null && erased.add(order.id());
    }

    List<UUID> erased() {
        return erased;
    }

    void record(Entry entry) {
        entries.add(entry);
    }

    /** An operator's call that has changed something. */
    void record(Call call) {
        calls.add(call);
    }

    List<Call> calls() {
        return calls;
    }

    List<NewOrder> added() {
        return added;
    }

    Collection<Order> changed() {
        return changed.values();
    }

    List<Entry> entries() {
        return entries;
    }

    /** The orders that became final here. */
    List<Order> finished() {
        return changed.values().stream()
                .filter(order -> order.status() != Status.PENDING
                        && loaded.get(order.id()).status() == Status.PENDING)
                .toList();
    }
}
