package io.orderflow.messaging.inbound;

import io.orderflow.contracts.Role;
import io.orderflow.messaging.Failures;
import io.orderflow.messaging.Origin.Manner;
import io.orderflow.messaging.Parking;
import io.orderflow.messaging.flow.Backbones;
import io.orderflow.messaging.flow.Transaction;
import io.orderflow.messaging.tables.Fault;
import io.orderflow.messaging.tables.ParkedRows;
import io.orderflow.messaging.tables.Received;
import io.orderflow.messaging.tables.Unreadable;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The parked events of this process's roles; each is released through the receiver that would have handled it when it
 * came.
 */
public final class ParkedEvents implements Parking {

    private final Backbones backbones;
    private final Receivers receivers;
    private final Duration releaseWindow;

    /** @param releaseWindow how long after parking an event may be released */
    public ParkedEvents(Backbones backbones, Receivers receivers, Duration releaseWindow) {
        this.backbones = backbones;
        this.receivers = receivers;
        this.releaseWindow = releaseWindow;
    }

    private ParkedRows rows(Role role) {
        return backbones.of(role).tables().parked();
    }

    @Override
    public List<Parked> list(Role role, int limit) {
        return rows(role).list(limit);
    }

    @Override
    public Optional<Found> find(UUID id) {
        return backbones.all().stream()
                .flatMap(backbone ->
                        backbone.tables().parked().state(id).map(state -> new Found(backbone.role(), state)).stream())
                .findFirst();
    }

    @Override
    public Set<UUID> parkedOrders(Role role, Collection<UUID> orders) {
        var held = new HashSet<>(rows(role).parkedOrders(receivers.topics(role), orders));
        held.addAll(backbones.of(role).tables().outbox().refused().ordersAmong(orders));
        return held;
    }

    @Override
    public Result release(Role role, UUID id, Witness witness) {
        if (rows(role).isTooLate(id, releaseWindow)) {
            return Result.TOO_LATE;
        }
        try {
            return end(role, id, State.RELEASED, Result.RELEASED, this::handle, witness);
        } catch (RuntimeException e) {
            if (Failures.isInfrastructure(e)) {
                throw e;
            }
            return backbones.of(role).run(transaction -> {
                rows(role).failedAgain(id, new Fault(Reason.FAILED, Failures.describe(e), Traces.of(e), 1));
                witness.saw(Result.FAILED_AGAIN);
                return Result.FAILED_AGAIN;
            });
        }
    }

    @Override
    public Result discard(Role role, UUID id, Witness witness) {
        return end(
                role,
                id,
                State.DISCARDED,
                Result.DISCARDED,
                (transaction, receiver, record) -> receiver.forgo(record),
                witness);
    }

    @Override
    public int releaseOrder(Role role, String topic, UUID orderId) {
        int released = 0;
        Optional<UUID> head = rows(role).head(topic, orderId.toString());
        while (head.isPresent() && release(role, head.get()) == Result.RELEASED) {
            released++;
            head = rows(role).head(topic, orderId.toString());
        }
        return released;
    }

    /** What is done with a parked record when it stops being parked. */
    private interface Step {
        void apply(Transaction transaction, IdempotentReceiver receiver, Received record);
    }

    private Result end(Role role, UUID id, State state, Result result, Step step, Witness witness) {
        var rows = rows(role);
        var found = rows.place(id);
        if (found.isEmpty()) {
            return Result.NOT_PARKED;
        }
        var place = found.get();
        var receiver = receivers.of(role, place.topic());
        receiver.insistOnItsFlow();
        return backbones.of(role).run(transaction -> {
            rows.keys().lock(place.topic(), place.key());
            var held = rows.take(id);
            if (held.isEmpty() || isBehindAnother(rows, held.get())) {
                rows.keys().unlockIfEmpty(place.topic(), place.key());
                return held.isEmpty() ? Result.NOT_PARKED : Result.BEHIND_ANOTHER;
            }
            // Before its step, for an erasure gives up what is parked still.
            rows.end(held.get(), state, !receiver.channel().compacted());
            step.apply(transaction, receiver, held.get().received());
            witness.saw(result);
            return result;
        });
    }

    private static boolean isBehindAnother(ParkedRows rows, ParkedRows.Held held) {
        var record = held.received();
        return held.event().reason().holdsUpItsOrder()
                && !held.erases()
                && !rows.head(record.topic(), record.keyText())
                        .equals(Optional.of(held.event().id()));
    }

    private void handle(Transaction transaction, IdempotentReceiver receiver, Received record) {
        switch (receiver.look(record)) {
            case Inbound.Understood understood ->
                receiver.receive(transaction, List.of(understood), Manner.RELEASED, event -> {
                    throw new Unreadable(Inbound.Understood.UNDER_KNOWN_ID);
                });
            case Inbound.Skipped skipped -> {}
            case Inbound.Refused refused -> throw new Unreadable(refused.error());
        }
    }
}
