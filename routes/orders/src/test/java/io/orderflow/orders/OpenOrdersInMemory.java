package io.orderflow.orders;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Open orders in a list, at the time of {@link Told#NOW}. */
final class OpenOrdersInMemory implements OpenOrders {

    private static final Comparator<Pending> OLDEST_FIRST =
            Comparator.comparing(Pending::createdAt).thenComparing(Pending::id);

    final Set<UUID> parked = new HashSet<>();
    Counts counts = Counts.NONE;
    private final List<Pending> pending = new ArrayList<>();

    void pending(UUID id, Instant createdAt) {
        pending.add(new Pending(id, createdAt));
    }

    @Override
    public boolean anyPendingFor(Duration time) {
        return pending.stream().anyMatch(one -> !one.createdAt().isAfter(Told.NOW.minus(time)));
    }

    @Override
    public List<Pending> pendingSince(Instant moment, Pending after, int limit) {
        return pending.stream()
                .filter(one -> !one.createdAt().isAfter(moment))
                .filter(one -> after == null || OLDEST_FIRST.compare(one, after) > 0)
                .sorted(OLDEST_FIRST)
                .limit(limit)
                .toList();
    }

    @Override
    public Counts count(Duration stuckAfter, Duration unsettledAfter, int limit) {
        return counts;
    }
}
