package io.orderflow.messaging.model;

import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A service that runs: its rows, inbox, outbox and work, which change together in a transaction and outlive a crash;
 * and what it holds in memory, which does not: what the broker has acknowledged, workers with what they were told,
 * messages on their way to a flow.
 */
final class Node implements Actor {

    private final Modelled service;
    private final Flows flows;
    private final KnownProgress progress;
    private final Hearing hearing;
    private final Relaying relaying;
    private final Working working;
    private final List<Flows.Sent> onTheirWay = new ArrayList<>();
    private boolean away;

    private record Saved(
            Object rows, Object hearing, Object relaying, Object working, List<Flows.Sent> onTheirWay, boolean away) {}

    Node(
            Modelled service,
            Topology topology,
            Flows flows,
            Broker broker,
            KnownProgress progress,
            ModelTime time,
            Outside outside,
            Scope scope) {
        this.service = service;
        this.flows = flows;
        this.progress = progress;
        this.hearing = new Hearing(service.role(), topology, broker, this::transact, scope.batch());
        this.relaying = new Relaying(service.role(), broker, time, scope.erasesAtOnce());
        this.working = new Working(service.role(), flows, outside, time, this::transact);
    }

    Role role() {
        return service.role();
    }

    @Override
    public void offer(Offers offers) {
        if (away) {
            offers.step(() -> role() + " starts", () -> away = false);
            return;
        }
        relaying.offer(offers);
        hearing.offer(offers);
        working.offer(offers);
        offerTimers(offers);
        offers.step(Kind.CRASH, () -> role() + " crashes", this::crash);
        offers.step(Kind.AWAY, () -> role() + " stops", () -> {
            crash();
            away = true;
        });
    }

    /** What a timer finds is on its way to a flow. */
    private void offerTimers(Offers offers) {
        if (onTheirWay.isEmpty()) {
            service.timers()
                    .forEach(timer -> offers.step(Kind.TIMER, () -> timer, () -> onTheirWay.addAll(flows.fire(timer))));
        }
        for (var message : onTheirWay) {
            offers.step(() -> role() + " handles " + message, () -> {
                onTheirWay.remove(message);
                transact(List.of(message), null, true);
            });
        }
    }

    Optional<Object> transact(List<Flows.Sent> messages, Working.Row done, boolean commits) {
        var before = commits ? null : service.rows().save();
        var collected = flows.transact(service.units(), messages);
        if (!commits) {
            service.rows().restore(before);
            return Optional.empty();
        }
        if (done != null) {
            working.delete(done);
        }
        collected.requested.forEach(working::store);
        collected.said.forEach(relaying::store);
        return Optional.ofNullable(collected.results.getLast());
    }

    private void crash() {
        relaying.crash();
        working.crash();
        onTheirWay.clear();
        progress.forget(role());
    }

    /** Called when time has passed. */
    void notice() {
        if (relaying.isBehind()) {
            progress.noteBehind(role());
        }
    }

    Set<UUID> parkedOrders() {
        return hearing.parkedOrders();
    }

    int unknownEnds(String channel, UUID order, String subject) {
        return working.unknownEnds(channel, order, subject);
    }

    int doubts(String channel, UUID order, String subject) {
        return working.doubts(channel, order, subject);
    }

    Optional<Instant> nextDue() {
        return working.nextDue();
    }

    /** Nothing of it waits for anything. */
    boolean isAtRest() {
        return !away && hearing.isDone() && relaying.isEmpty() && working.isEmpty() && onTheirWay.isEmpty();
    }

    @Override
    public Object save() {
        return new Saved(
                service.rows().save(), hearing.save(), relaying.save(), working.save(), List.copyOf(onTheirWay), away);
    }

    @Override
    public void restore(Object saved) {
        var state = (Saved) saved;
        service.rows().restore(state.rows());
        hearing.restore(state.hearing());
        relaying.restore(state.relaying());
        working.restore(state.working());
        onTheirWay.clear();
        onTheirWay.addAll(state.onTheirWay());
        away = state.away();
    }
}
