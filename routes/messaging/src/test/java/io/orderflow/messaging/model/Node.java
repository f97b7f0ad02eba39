package io.orderflow.messaging.model;

import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A service that runs, in one instance or several: its rows, inbox, outbox and work, which change together in a
 * transaction and outlive a crash; and what it holds in memory, which does not: what the broker has acknowledged,
 * workers with what they were told, messages on their way to a flow.
 */
final class Node implements Actor {

    private static final List<Duration> CLOCKS = List.of(Duration.ZERO, Duration.ofDays(3), Duration.ofDays(-3));

    private final Modelled service;
    private final Flows flows;
    private final Broker broker;
    private final KnownProgress progress;
    private final ModelledLeases leases;
    private final Instances instances;
    private final ModelTime time;
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
            ModelledLeases leases,
            Instances instances,
            ModelTime time,
            Outside outside,
            Scope scope) {
        this.service = service;
        this.flows = flows;
        this.broker = broker;
        this.progress = progress;
        this.leases = leases;
        this.instances = instances;
        this.time = time;
        this.hearing = new Hearing(service.role(), topology, broker, this::hear, scope.batch());
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
        instances.offer(offers, role(), relaying::found);
        offerClocks(offers);
        offers.step(Kind.CRASH, () -> role() + " crashes", this::crash);
        offers.step(Kind.AWAY, () -> role() + " stops", () -> {
            crash();
            away = true;
        });
    }

    /** What a timer finds is on its way to a flow. */
    private void offerTimers(Offers offers) {
        if (onTheirWay.isEmpty()) {
            for (int number = 1; number <= instances.ofEachRole(); number++) {
                offerTimers(offers, number);
            }
        }
        for (var message : onTheirWay) {
            offers.step(() -> role() + " handles " + message, () -> {
                onTheirWay.remove(message);
                transact(List.of(message), null, true);
            });
        }
    }

    private void offerTimers(Offers offers, int instance) {
        service.timers()
                .forEach(timer -> offers.step(
                        Kind.TIMER,
                        () -> timer + " in instance " + instance,
                        () -> instances.act(instance, () -> onTheirWay.addAll(flows.fire(timer)))));
    }

    private void offerClocks(Offers offers) {
        for (var wrong : CLOCKS) {
            if (offers.allow(Kind.CLOCK) && !wrong.equals(time.ahead(role()))) {
                offers.step(Kind.CLOCK, () -> role() + "'s clock is ahead by " + wrong, () -> time.set(role(), wrong));
            }
        }
    }

    /** A batch is taken by an instance that reaches the broker. */
    private Optional<Object> hear(List<Flows.Sent> messages, Working.Row done, boolean commits) {
        return transact(messages, done, commits, false);
    }

    /** All else is done by the one that does not, if there is one. */
    Optional<Object> transact(List<Flows.Sent> messages, Working.Row done, boolean commits) {
        return transact(messages, done, commits, instances.isAnyCutOff(role()));
    }

    private Optional<Object> transact(List<Flows.Sent> messages, Working.Row done, boolean commits, boolean isCutOff) {
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
        collected.said.forEach(said -> relaying.store(said, isCutOff));
        return Optional.ofNullable(collected.results.getLast());
    }

    private void crash() {
        relaying.crash();
        working.crash();
        onTheirWay.clear();
        progress.forget(role());
        leases.died(role());
    }

    /**
     * Called before time passes: who does not reach the broker leaves its jobs, and who does takes those that are
     * nobody's. What they find they find again. What was found before an outage is not handled long after it began.
     */
    void turn() {
        if (broker.isAway()) {
            onTheirWay.clear();
            tryInVain(instances.sickFirst(role()));
        } else if (isIdle() && (instances.isAnyCutOff(role()) || leases.isAnyOpen(role()))) {
            instances.sickFirst(role()).forEach(this::fire);
        }
    }

    /** Called when time has passed: while the broker is away another has tried by now. */
    void turnAgain() {
        if (broker.isAway()) {
            tryInVain(instances.sickFirst(role()).reversed());
        }
    }

    /** All that do not stand back, as who has the job goes on trying, too. */
    private void tryInVain(List<Integer> numbers) {
        if (isIdle()) {
            numbers.stream()
                    .filter(number -> !leases.standsBack(role(), number))
                    .forEach(this::fire);
        }
    }

    private boolean isIdle() {
        return !away && onTheirWay.isEmpty();
    }

    private void fire(int instance) {
        service.timers().forEach(timer -> instances.act(instance, () -> flows.fire(timer)));
    }

    /** Called when time has passed. */
    void notice() {
        if (relaying.isBehind()) {
            progress.noteRelayBehind(role());
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
        return Stream.concat(working.nextDue().stream(), relaying.nextDue().stream())
                .min(Instant::compareTo);
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
