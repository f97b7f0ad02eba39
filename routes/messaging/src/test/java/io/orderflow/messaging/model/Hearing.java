package io.orderflow.messaging.model;

import io.orderflow.contracts.Channel;
import io.orderflow.contracts.Event;
import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import io.orderflow.messaging.Participant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A service's consumers: they take a batch in one transaction with its inbox, then commit its offset. What cannot be
 * handled is parked, and what follows it in its topic and order parks behind it.
 */
final class Hearing implements Actor {

    private final Role role;
    private final Broker broker;
    private final Transactions transactions;
    private final int batch;
    private final List<Ear> ears;
    private final Set<Fact.Id> inbox = new HashSet<>();
    private final List<Parked> parked = new ArrayList<>();

    /** A partition that the service hears, what of it the service handles, and by which flow. */
    private record Ear(Broker.Reader reader, Set<Class<? extends Event>> handled, String flow) {}

    /** An event that was parked, with its place. */
    private record Parked(Ear ear, int offset, Fact fact) {

        private boolean isOf(Ear other, Fact later) {
            return ear.reader().equals(other.reader())
                    && fact.event().orderId().equals(later.event().orderId());
        }
    }

    private record Saved(Set<Fact.Id> inbox, List<Parked> parked) {}

    Hearing(Role role, Topology topology, Broker broker, Transactions transactions, int batch) {
        this.role = role;
        this.broker = broker;
        this.transactions = transactions;
        this.batch = batch;
        this.ears = topology.readBy(role).stream()
                .flatMap(channel -> ears(role, channel))
                .toList();
    }

    private static Stream<Ear> ears(Role role, Channel channel) {
        var handled = channel.readers().get(role);
        var flow = Participant.hears(role, channel).substring("transaction:".length());
        return Broker.readers(role, channel).stream().map(reader -> new Ear(reader, handled, flow));
    }

    @Override
    public void offer(Offers offers) {
        if (!broker.isAway()) {
            ears.forEach(ear -> offerBatches(offers, ear));
        }
        offerReleases(offers);
        if (!inbox.isEmpty()) {
            offers.step(Kind.FORGOTTEN, () -> role + " forgets what it has received", inbox::clear);
        }
    }

    private void offerBatches(Offers offers, Ear ear) {
        int offset = broker.offset(ear.reader());
        int waiting = Math.min(broker.end(ear.reader().partition()) - offset, batch);
        for (int size = 1; size <= waiting; size++) {
            offerBatch(offers, ear, offset, size);
        }
        if (waiting > 0) {
            offerParking(offers, ear, offset);
        }
        int start = broker.start(ear.reader().partition());
        if (offset > start) {
            offerReplay(offers, ear.reader(), offset - 1);
        }
        if (offset > start + 1) {
            offerReplay(offers, ear.reader(), start);
        }
    }

    private void offerBatch(Offers offers, Ear ear, int offset, int size) {
        var facts = broker.poll(ear.reader(), size);
        offers.step(() -> role + " takes " + facts, () -> {
            take(ear, offset, facts, true);
            broker.commit(ear.reader(), offset + size);
        });
        offers.step(
                Kind.DUPLICATE,
                () -> role + " takes " + facts + " without its offset",
                () -> take(ear, offset, facts, true));
        offers.step(Kind.ROLLBACK, () -> role + " fails to take " + facts, () -> take(ear, offset, facts, false));
    }

    private void offerReplay(Offers offers, Broker.Reader reader, int offset) {
        offers.step(
                Kind.REPLAY,
                () -> role + " goes back to offset " + offset + " of " + reader.partition(),
                () -> broker.commit(reader, offset));
    }

    private void take(Ear ear, int offset, List<Fact> facts, boolean commits) {
        var fresh = new ArrayList<Fact.Id>();
        var followers = new ArrayList<Parked>();
        var messages = new ArrayList<Flows.Sent>();
        for (int i = 0; i < facts.size(); i++) {
            var fact = facts.get(i);
            var id = fact.id();
            if (!ear.handled().contains(fact.event().getClass())) {
                continue;
            }
            if (isBehindParked(ear, fact)) {
                followers.add(new Parked(ear, offset + i, fact));
            } else if (!inbox.contains(id) && !fresh.contains(id)) {
                fresh.add(id);
                messages.add(new Flows.Sent(ear.flow(), fact.event()));
            }
        }
        if (!messages.isEmpty()) {
            transactions.run(messages, null, commits);
        }
        if (commits) {
            inbox.addAll(fresh);
            followers.forEach(this::park);
        }
    }

    private boolean isBehindParked(Ear ear, Fact fact) {
        return !fact.event().passesParked() && parked.stream().anyMatch(one -> one.isOf(ear, fact));
    }

    private void offerParking(Offers offers, Ear ear, int offset) {
        var fact = broker.poll(ear.reader(), 1).getFirst();
        if (ear.handled().contains(fact.event().getClass()) && !inbox.contains(fact.id())) {
            offers.step(Kind.PARKED, () -> role + " cannot handle " + fact + " and parks it", () -> {
                park(new Parked(ear, offset, fact));
                broker.commit(ear.reader(), offset + 1);
            });
        }
    }

    private void park(Parked one) {
        if (!parked.contains(one)) {
            parked.add(one);
        }
    }

    private void offerReleases(Offers offers) {
        var heads = new HashSet<List<Object>>();
        for (var one : parked) {
            if (heads.add(List.of(one.ear().reader(), one.fact().event().orderId()))) {
                offers.step(
                        Kind.RELEASE, () -> "an operator releases " + one.fact() + " in " + role, () -> release(one));
                offers.step(
                        Kind.FAILED_AGAIN,
                        () -> "an operator releases " + one.fact() + " in " + role + " in vain",
                        () -> handle(one, false));
            }
        }
    }

    private void release(Parked one) {
        parked.remove(one);
        handle(one, true);
        inbox.add(one.fact().id());
    }

    /** As if it came now, unless it took effect before it was parked. */
    private void handle(Parked one, boolean commits) {
        if (!inbox.contains(one.fact().id())) {
            transactions.run(List.of(new Flows.Sent(one.ear().flow(), one.fact().event())), null, commits);
        }
    }

    Set<UUID> parkedOrders() {
        return parked.stream().map(one -> one.fact().event().orderId()).collect(Collectors.toSet());
    }

    /** Everything was heard, and nothing is parked. */
    boolean isDone() {
        return parked.isEmpty()
                && ears.stream()
                        .map(Ear::reader)
                        .allMatch(reader -> broker.offset(reader) == broker.end(reader.partition()));
    }

    @Override
    public Object save() {
        return new Saved(Set.copyOf(inbox), List.copyOf(parked));
    }

    @Override
    public void restore(Object saved) {
        var state = (Saved) saved;
        inbox.clear();
        inbox.addAll(state.inbox());
        parked.clear();
        parked.addAll(state.parked());
    }
}
