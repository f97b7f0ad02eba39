package io.orderflow.console;

import io.orderflow.console.Story.Awaited;
import io.orderflow.console.Story.State;
import io.orderflow.contracts.CancellationReason;
import io.orderflow.contracts.Event;
import io.orderflow.contracts.EventParked;
import io.orderflow.contracts.OrderCancelled;
import io.orderflow.contracts.OrderConfirmed;
import io.orderflow.contracts.OrderCreated;
import io.orderflow.contracts.PaymentCompleted;
import io.orderflow.contracts.PaymentDeclined;
import io.orderflow.contracts.PaymentRefunded;
import io.orderflow.contracts.PaymentVoided;
import io.orderflow.contracts.Role;
import io.orderflow.contracts.StockRejected;
import io.orderflow.contracts.StockReleased;
import io.orderflow.contracts.StockReserved;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What the events of an order come to. It goes by which events there are and never by their order of arrival, so that a
 * story is the same however often and in which order they were read.
 */
final class Decisions {

    private static final String CREATED = Event.typeOf(OrderCreated.class);
    private static final String CONFIRMED = Event.typeOf(OrderConfirmed.class);
    private static final String CANCELLED = Event.typeOf(OrderCancelled.class);
    private static final String COMPLETED = Event.typeOf(PaymentCompleted.class);
    private static final String DECLINED = Event.typeOf(PaymentDeclined.class);
    private static final String REFUNDED = Event.typeOf(PaymentRefunded.class);
    private static final String VOIDED = Event.typeOf(PaymentVoided.class);
    private static final String RESERVED = Event.typeOf(StockReserved.class);
    private static final String REJECTED = Event.typeOf(StockRejected.class);
    private static final String RELEASED = Event.typeOf(StockReleased.class);
    private static final String PARKED = Event.typeOf(EventParked.class);

    /** What leads to what. */
    private static final Map<String, List<String>> CAUSES = Map.of(
            COMPLETED, List.of(CREATED),
            DECLINED, List.of(CREATED),
            RESERVED, List.of(CREATED),
            REJECTED, List.of(CREATED),
            CONFIRMED, List.of(COMPLETED, RESERVED),
            REFUNDED, List.of(CANCELLED),
            VOIDED, List.of(CANCELLED),
            RELEASED, List.of(CANCELLED));

    /** A customer's wish and a deadline come from no event. */
    private static final Map<String, String> CAUSES_OF_CANCELLATIONS = Map.of(
            CancellationReason.PAYMENT_DECLINED.name(), DECLINED,
            CancellationReason.OUT_OF_STOCK.name(), REJECTED);

    private static final Map<String, String> UNDONE_BY = Map.of(REFUNDED, COMPLETED, RELEASED, RESERVED);

    private Decisions() {}

    /** @param chapters of this order, at least one */
    static Story story(UUID order, Collection<Chapter> chapters) {
        var first =
                chapters.stream().min(Comparator.comparing(Chapter::occurredAt)).orElseThrow();
        var confirmed = find(chapters, CONFIRMED);
        var cancelled = find(chapters, CANCELLED);
        var created = find(chapters, CREATED);
        if (confirmed.isPresent()) {
            return new Story(order, State.CONFIRMED, null, first.occurredAt(), List.of());
        }
        if (cancelled.isPresent()) {
            var reason = cancelled.get().details().reason();
            return new Story(
                    order, State.CANCELLED, reason, first.occurredAt(), compensations(chapters, cancelled.get()));
        }
        if (created.isPresent()) {
            return new Story(order, State.PENDING, null, first.occurredAt(), answers(chapters, created.get()));
        }
        return new Story(order, State.UNKNOWN, null, first.occurredAt(), beginning(chapters));
    }

    /** Bytes that cannot be read may name an order that nobody has placed: such a story waits for nothing. */
    private static List<Awaited> beginning(Collection<Chapter> chapters) {
        return chapters.stream()
                .filter(chapter -> !chapter.type().equals(PARKED))
                .min(Comparator.comparing(Chapter::occurredAt))
                .map(chapter -> List.of(awaited(Role.ORDERS, chapter, CREATED)))
                .orElse(List.of());
    }

    /** Every cancellation is answered by payments and by inventory, also where there was nothing to undo. */
    private static List<Awaited> compensations(Collection<Chapter> chapters, Chapter cancelled) {
        List<Awaited> waits = new ArrayList<>();
        if (find(chapters, REFUNDED, VOIDED).isEmpty()) {
            waits.add(awaited(Role.PAYMENTS, cancelled, REFUNDED, VOIDED));
        }
        if (find(chapters, RELEASED).isEmpty()) {
            waits.add(awaited(Role.INVENTORY, cancelled, RELEASED));
        }
        return List.copyOf(waits);
    }

    /** One no is enough for orders to call it off; for a confirmation it needs both answers. */
    private static List<Awaited> answers(Collection<Chapter> chapters, Chapter created) {
        var refusal = find(chapters, DECLINED, REJECTED);
        if (refusal.isPresent()) {
            return List.of(awaited(Role.ORDERS, refusal.get(), CANCELLED));
        }
        List<Awaited> waits = new ArrayList<>();
        if (find(chapters, COMPLETED).isEmpty()) {
            waits.add(awaited(Role.PAYMENTS, created, COMPLETED, DECLINED));
        }
        if (find(chapters, RESERVED).isEmpty()) {
            waits.add(awaited(Role.INVENTORY, created, RESERVED, REJECTED));
        }
        if (waits.isEmpty()) {
            waits.add(awaited(
                    Role.ORDERS, last(chapters, List.of(COMPLETED, RESERVED)).orElseThrow(), CONFIRMED));
        }
        return List.copyOf(waits);
    }

    private static Awaited awaited(Role service, Chapter since, String... events) {
        return new Awaited(service.name(), List.of(events), since.occurredAt());
    }

    /** The event that led to this one: the last that was missing; empty where it came from outside. */
    static Optional<Chapter> causeOf(Chapter chapter, Collection<Chapter> chapters) {
        if (chapter.type().equals(CANCELLED)) {
            var cause = CAUSES_OF_CANCELLATIONS.get(chapter.details().reason());
            return cause == null ? Optional.empty() : find(chapters, cause);
        }
        return last(chapters, CAUSES.getOrDefault(chapter.type(), List.of()));
    }

    /** What this one undoes, where there is something to undo. */
    static Optional<Chapter> undoneBy(Chapter chapter, Collection<Chapter> chapters) {
        var undone = UNDONE_BY.get(chapter.type());
        return undone == null ? Optional.empty() : find(chapters, undone);
    }

    /** What this service has parked of the order. */
    static Stream<Chapter> parkedBy(String service, Collection<Chapter> chapters) {
        return chapters.stream()
                .filter(chapter ->
                        chapter.type().equals(PARKED) && chapter.source().equals(service));
    }

    /** The first of these types that occurred; of several of one time always the same. */
    private static Optional<Chapter> find(Collection<Chapter> chapters, String... types) {
        return ofTypes(chapters, List.of(types))
                .min(Comparator.comparing(Chapter::occurredAt).thenComparing(Chapter::eventId));
    }

    private static Optional<Chapter> last(Collection<Chapter> chapters, List<String> types) {
        return ofTypes(chapters, types)
                .max(Comparator.comparing(Chapter::toldAt).thenComparing(Chapter::eventId));
    }

    private static Stream<Chapter> ofTypes(Collection<Chapter> chapters, List<String> types) {
        return chapters.stream().filter(chapter -> types.contains(chapter.type()));
    }
}
