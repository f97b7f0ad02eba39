package io.orderflow.messaging;

import io.orderflow.contracts.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The operator's hand on parked events: list, release, discard. A released event is handled as if it came now, by the same flow, under the lock that its
 * consumer's check takes, so that its followers stay behind it.
 */
public final class Parking {

    private final Consumers consumers;
    private final Duration releaseWindow;

    /** @param releaseWindow how long after parking an event may be released */
    Parking(Consumers consumers, Duration releaseWindow) {
        this.consumers = consumers;
        this.releaseWindow = releaseWindow;
    }

    /**
     * A parked event, without its payload.
     *
     * @param orderId null where the record names none
     * @param reason {@code UNREADABLE, NOT_UNDERSTOOD, FAILED} or {@code FOLLOWER}
     */
    public record Parked(
            UUID id,
            Role role,
            String topic,
            int partition,
            long offset,
            UUID orderId,
            String reason,
            String error,
            int attempts,
            Instant parkedAt) {}

    /** What became of a release or a discard. */
    public enum Result {
        /** It has taken effect, or had before it was parked. */
        RELEASED,
        DISCARDED,
        /** Handling it failed again; it stays where it is. */
        FAILED_AGAIN,
        /** An earlier event of its order is parked: that one first. */
        BEHIND_ANOTHER,
        /** It is parked for longer than a release may take: it may have taken effect by a repetition that the inbox has forgotten. */
        TOO_LATE,
        /** There is no such event, or it is not parked any more. */
        NOT_PARKED
    }

    /**
     * Where an event is that is parked, or was.
     *
     * @param state {@code PARKED, RELEASED} or {@code DISCARDED}
     */
    public record Place(Role role, String state) {}

    /** Is told of a result in the transaction in which it takes effect: what it stores holds if and only if that does. */
    public interface Witness {
        void saw(Result result);
    }

    /** What is parked in a role, oldest first. */
    public List<Parked> list(Role role, int limit) {
        return consumers.backbone(role).parked.list(limit).stream()
                .map(row -> parked(role, row))
                .toList();
    }

    /** What is parked in the roles of this process, in the order of the ids, which is about that of time. */
    public List<Parked> listAfter(UUID id, int limit) {
        return consumers.backbones().stream()
                .flatMap(backbone ->
                        backbone.parked.listAfter(id, limit).stream().map(row -> parked(backbone.role(), row)))
                .sorted(Comparator.comparing(parked -> parked.id().toString()))
                .limit(limit)
                .toList();
    }

    private static Parked parked(Role role, ParkedRows.Row row) {
        return new Parked(
                row.id(),
                role,
                row.received().topic(),
                row.received().partition(),
                row.received().offset(),
                row.orderId(),
                row.reason().name(),
                row.error(),
                row.attempts(),
                row.parkedAt());
    }

    /** Finds an event that is or was parked in one of the roles of this process. */
    public Optional<Place> find(UUID id) {
        return consumers.backbones().stream()
                .flatMap(backbone -> backbone.parked.state(id).map(state -> new Place(backbone.role(), state)).stream())
                .findFirst();
    }

    /** Those of these orders that have an event parked in this role. */
    public Set<UUID> parkedOrders(Role role, Collection<UUID> orders) {
        return consumers.backbone(role).parked.parkedOrders(orders);
    }

    /** Handles a parked event now, unless its time is over. */
    public Result release(Role role, UUID id) {
        return release(role, id, result -> {});
    }

    /** Handles a parked event now, before a witness. */
    public Result release(Role role, UUID id, Witness witness) {
        var backbone = consumers.backbone(role);
        if (backbone.parked.isParkedFor(id, releaseWindow)) {
            return Result.TOO_LATE;
        }
        try {
            return settle(backbone, id, this::handle, witness);
        } catch (RuntimeException e) {
            if (Failures.isInfrastructure(e)) {
                throw e;
            }
            backbone.run(transaction -> {
                backbone.parked.failedAgain(id, Failures.describe(e));
                witness.saw(Result.FAILED_AGAIN);
            });
            return Result.FAILED_AGAIN;
        }
    }

    /** Gives a parked event up: it will not take effect, now or when it comes again. Its followers may be released. */
    public Result discard(Role role, UUID id) {
        return discard(role, id, result -> {});
    }

    /** Gives a parked event up, before a witness. */
    public Result discard(Role role, UUID id, Witness witness) {
        return settle(consumers.backbone(role), id, this::forget, witness);
    }

    /**
     * Releases the parked events of an order on a topic, in their order, until one fails.
     *
     * @return how many were released
     */
    public int releaseOrder(Role role, String topic, UUID orderId) {
        var parked = consumers.backbone(role).parked;
        int released = 0;
        Optional<UUID> head = parked.head(topic, orderId.toString());
        while (head.isPresent() && release(role, head.get()) == Result.RELEASED) {
            released++;
            head = parked.head(topic, orderId.toString());
        }
        return released;
    }

    private interface Step {
        Result apply(Transaction transaction, Arrivals arrivals, ParkedRows.Row row);
    }

    private Result settle(Backbone backbone, UUID id, Step step, Witness witness) {
        var found = backbone.parked.find(id);
        if (found.isEmpty()) {
            return Result.NOT_PARKED;
        }
        var received = found.get().received();
        var arrivals = consumers.arrivals(backbone.role(), received.topic());
        var result = new Result[1];
        backbone.run(transaction -> {
            backbone.parked.lock(received.topic(), received.keyText());
            var row = backbone.parked.take(id);
            if (row.isEmpty()) {
                result[0] = Result.NOT_PARKED;
            } else if (isBehindAnother(backbone, row.get())) {
                result[0] = Result.BEHIND_ANOTHER;
            } else {
                result[0] = step.apply(transaction, arrivals, row.get());
                backbone.parked.settle(row.get(), result[0].name());
                witness.saw(result[0]);
                return;
            }
            backbone.parked.unlockIfEmpty(received.topic(), received.keyText());
        });
        return result[0];
    }

    private static boolean isBehindAnother(Backbone backbone, ParkedRows.Row row) {
        return row.reason() != ParkedRows.Reason.NOT_UNDERSTOOD
                && !backbone.parked
                        .head(row.received().topic(), row.received().keyText())
                        .equals(Optional.of(row.id()));
    }

    private Result handle(Transaction transaction, Arrivals arrivals, ParkedRows.Row row) {
        switch (arrivals.decoder().look(row.received())) {
            case Inbound.Understood understood -> {
                var entry = new Inbox.Entry(understood.eventId(), understood.sha256());
                var answer = arrivals.backbone().inbox.receive(List.of(entry))[0];
                if (answer == Inbox.Answer.OTHER_BYTES) {
                    throw new EventCodec.Unreadable("event_id: another event with this id took effect before");
                }
                if (answer == Inbox.Answer.FRESH) {
                    arrivals.backbone().open(transaction, List.of(understood.event()));
                    transaction.causedBy(understood.traceparent());
                    arrivals.flow().send(understood.event());
                }
            }
            case Inbound.Skipped skipped -> {}
            case Inbound.Refused refused -> throw new EventCodec.Unreadable(refused.error());
        }
        return Result.RELEASED;
    }

    private Result forget(Transaction transaction, Arrivals arrivals, ParkedRows.Row row) {
        var id =
                switch (arrivals.decoder().look(row.received())) {
                    case Inbound.Understood understood -> understood.eventId();
                    case Inbound.Refused refused -> refused.eventId();
                    case Inbound.Skipped skipped -> null;
                };
        if (id != null) {
            // A later version may understand it.
            arrivals.backbone()
                    .inbox
                    .receive(List.of(new Inbox.Entry(id, row.received().sha256())));
        }
        return Result.DISCARDED;
    }
}
