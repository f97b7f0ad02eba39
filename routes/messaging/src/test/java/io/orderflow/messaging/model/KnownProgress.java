package io.orderflow.messaging.model;

import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import io.orderflow.messaging.Progress;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a role knows of its progress, as messaging tells it: a sample of the ends of its topics is reached when the
 * committed offsets have passed it.
 */
final class KnownProgress implements Progress, Kept {

    private final ModelTime time;
    private final Topology topology;
    private final Broker broker;
    private final Map<Role, Sample> samples = new HashMap<>();
    private final Map<Role, Instant> reached = new HashMap<>();
    private final Map<Role, Instant> behind = new HashMap<>();

    private record Sample(Instant at, Map<Broker.Reader, Integer> ends) {}

    private record Saved(Map<Role, Sample> samples, Map<Role, Instant> reached, Map<Role, Instant> behind) {}

    KnownProgress(ModelTime time, Topology topology, Broker broker) {
        this.time = time;
        this.topology = topology;
        this.broker = broker;
    }

    @Override
    public Instant relayBehindUntil(Role role) {
        return behind.getOrDefault(role, Instant.EPOCH);
    }

    @Override
    public Optional<Instant> caughtUpTo(Role role) {
        if (broker.isAway()) {
            noteBehind(role);
            return Optional.empty();
        }
        var sample = samples.get(role);
        if (sample == null) {
            noteBehind(role);
            samples.put(role, sample(role));
        } else if (sample.ends().entrySet().stream().allMatch(end -> broker.offset(end.getKey()) >= end.getValue())) {
            reached.put(role, sample.at());
            samples.put(role, sample(role));
        }
        return Optional.of(reached.getOrDefault(role, Instant.EPOCH));
    }

    private Sample sample(Role role) {
        return new Sample(
                time.instant(),
                Broker.readers(topology, role)
                        .collect(Collectors.toMap(reader -> reader, reader -> broker.end(reader.partition()))));
    }

    @Override
    public void noteRelayBehind(Role role) {
        noteBehind(role);
    }

    void noteBehind(Role role) {
        behind.put(role, time.instant());
    }

    /** A process that starts knows nothing. */
    void forget(Role role) {
        samples.remove(role);
        reached.remove(role);
    }

    @Override
    public Object save() {
        return new Saved(Map.copyOf(samples), Map.copyOf(reached), Map.copyOf(behind));
    }

    @Override
    public void restore(Object saved) {
        var state = (Saved) saved;
        replace(samples, state.samples());
        replace(reached, state.reached());
        replace(behind, state.behind());
    }

    private static <K, V> void replace(Map<K, V> map, Map<K, V> by) {
        map.clear();
        map.putAll(by);
    }
}
