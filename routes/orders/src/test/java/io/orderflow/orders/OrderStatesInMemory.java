package io.orderflow.orders;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Orders as a database would show them to those who wait, and how often it was asked. */
final class OrderStatesInMemory implements OrderStates {

    final AtomicInteger looks = new AtomicInteger();
    private final Map<UUID, Order> orders = new ConcurrentHashMap<>();
    private final Map<UUID, List<OrderView.Step>> steps = new ConcurrentHashMap<>();

    /** The order stands so now, after this event. */
    void put(Order order, String event) {
        steps.merge(
                order.id(),
                List.of(new OrderView.Step(Told.NOW, order.status(), event, null)),
                OrderStatesInMemory::joined);
        orders.put(order.id(), order);
    }

    private static List<OrderView.Step> joined(List<OrderView.Step> before, List<OrderView.Step> more) {
        var all = new ArrayList<>(before);
        all.addAll(more);
        return List.copyOf(all);
    }

    List<OrderEntity> shown(OrderQuery asked) {
        var order = orders.get(asked.id());
        return order != null && order.customerId().equals(asked.caller()) ? List.of(new OrderEntity(order)) : List.of();
    }

    @Override
    public List<Order> read(Collection<UUID> ids) {
        looks.incrementAndGet();
        return ids.stream().filter(orders::containsKey).map(orders::get).toList();
    }

    @Override
    public List<OrderView.Step> stepsAfter(UUID id, int first) {
        var all = steps.getOrDefault(id, List.of());
        return all.subList(Math.min(first, all.size()), all.size());
    }
}
