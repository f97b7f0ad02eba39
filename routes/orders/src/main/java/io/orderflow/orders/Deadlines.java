package io.orderflow.orders;

import static io.orderflow.contracts.Role.ORDERS;

import io.orderflow.messaging.Duty;
import io.orderflow.messaging.Progress;
import io.orderflow.orders.OpenOrders.Pending;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * Finds the orders whose time is up. That no answer came counts only if payments and
 * inventory could speak and orders could hear:
 *
 * <ul>
 *   <li>An order's time starts when the broker has its {@code OrderCreated}: when it was accepted, or when the relay
 *       was last behind or nobody watched, whichever is later.
 *   <li>It is up only when orders itself has heard everything that was said before, so that neither an outage of orders
 *       nor one of Kafka calls off what was paid meanwhile.
 *   <li>An order with a parked event was answered; an operator has to look at it first.
 * </ul>
 *
 * <p>One instance looks at a time. Where two do for a moment, the second finds each order final and does nothing.
 */
final class Deadlines {

    static final int ORDERS_OF_A_SLICE = 200;

    private final Duty duty;
    private final Progress progress;
    private final Function<Collection<UUID>, Set<UUID>> parked;
    private final OpenOrders orders;
    private final Duration deadline;

    /**
     * @param duty one instance's: who does not reach the broker leaves it to others
     * @param parked those of some orders that have a parked event
     */
    Deadlines(
            Duty duty,
            Progress progress,
            Function<Collection<UUID>, Set<UUID>> parked,
            OpenOrders orders,
            Duration deadline) {
        this.duty = duty;
        this.progress = progress;
        this.parked = parked;
        this.orders = orders;
        this.deadline = deadline;
    }

    /** The oldest orders whose time is up, at most {@link #ORDERS_OF_A_SLICE}; empty where another instance looks. */
    List<DeadlinePassed> passed() {
        if (!duty.isMine()) {
            return List.of();
        }
        // Asked even while no order waits: else an outage in that time would look like answers that never came.
        var caughtUpTo = caughtUpTo();
        if (caughtUpTo.isEmpty()) {
            duty.cannot();
            return List.of();
        }
        duty.done(() -> progress.noteRelayBehind(ORDERS));
        if (!orders.anyPendingFor(deadline)) {
            return List.of();
        }
        var started = caughtUpTo.get().minus(deadline);
        return progress.relayBehindUntil(ORDERS).isAfter(started) ? List.of() : startedBy(started);
    }

    private Optional<Instant> caughtUpTo() {
        try {
            return progress.caughtUpTo(ORDERS);
        } catch (RuntimeException e) {
            duty.cannot();
            throw e;
        }
    }

    /** Goes past slices in which every order has a parked event, so that those never hide the others. */
    private List<DeadlinePassed> startedBy(Instant moment) {
        Pending last = null;
        List<Pending> slice;
        do {
            slice = orders.pendingSince(moment, last, ORDERS_OF_A_SLICE);
            var due = withoutParked(slice);
            if (!due.isEmpty()) {
                return due;
            }
            last = slice.isEmpty() ? null : slice.getLast();
        } while (slice.size() == ORDERS_OF_A_SLICE);
        return List.of();
    }

    private List<DeadlinePassed> withoutParked(List<Pending> slice) {
        var ids = slice.stream().map(Pending::id).toList();
        if (ids.isEmpty()) {
            return List.of();
        }
        var waiting = parked.apply(ids);
        return ids.stream()
                .filter(id -> !waiting.contains(id))
                .map(DeadlinePassed::new)
                .toList();
    }
}
