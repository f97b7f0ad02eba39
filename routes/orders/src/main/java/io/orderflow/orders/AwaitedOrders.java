package io.orderflow.orders;

import io.orderflow.http.WaitingRoom;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The orders for whose next state somebody waits. What this instance commits itself is told at once; what another one
 * commits is found by a look at all of them together, a few times a second, with one statement, and with none while
 * nobody waits.
 */
final class AwaitedOrders {

    private final OrderStates states;
    private final Map<UUID, Set<Watch>> watches = new ConcurrentHashMap<>();

    AwaitedOrders(OrderStates states) {
        this.states = states;
    }

    /** What one waits for, once it was seen. */
    private static final class Watch {

        private final Predicate<Order> goal;
        private volatile boolean met;
        private volatile WaitingRoom.Place place;

        private Watch(Predicate<Order> goal) {
            this.goal = goal;
        }

        private boolean isMet() {
            return met;
        }

        /** What was seen stays seen: an older state may be told later. */
        private void see(Order order) {
            if (!met && goal.test(order)) {
                met = true;
                var waits = place;
                if (waits != null) {
                    waits.call();
                }
            }
        }
    }

    /**
     * Waits until an order is as somebody would have it. It is looked at once before; who asks for another customer's
     * order is not kept waiting, for nothing of it may be told, not even that there is one.
     *
     * @param room asked for a place only if there is something to wait for
     * @return whether it is
     */
    boolean await(
            OrderQuery asked, Predicate<Order> goal, Supplier<Optional<WaitingRoom.Place>> room, Duration longest) {
        var watch = new Watch(goal);
        watches.compute(asked.id(), (id, others) -> {
            var all = others == null ? ConcurrentHashMap.<Watch>newKeySet() : others;
            all.add(watch);
            return all;
        });
        try {
            var found = states.read(List.of(asked.id()));
            if (found.isEmpty() || !found.getFirst().customerId().equals(asked.caller())) {
                return false;
            }
            watch.see(found.getFirst());
            if (watch.isMet()) {
                return true;
            }
            var place = room.get();
            place.ifPresent(free -> watch.place = free);
            return place.isPresent() && place.get().await(watch::isMet, longest);
        } finally {
            watches.computeIfPresent(asked.id(), (id, all) -> all.remove(watch) && all.isEmpty() ? null : all);
        }
    }

    /** Where they stand. */
    OrderStates states() {
        return states;
    }

    /** These orders have changed, and that is committed. */
    void tell(Collection<Order> changed) {
        if (!watches.isEmpty()) {
            for (var order : changed) {
                watches.getOrDefault(order.id(), Set.of()).forEach(watch -> watch.see(order));
            }
        }
    }

    /** Looks at what others may have committed. */
    void look() {
        if (!watches.isEmpty()) {
            tell(states.read(List.copyOf(watches.keySet())));
        }
    }
}
