package io.orderflow.messaging.model;

import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import io.orderflow.messaging.Progress;
import io.orderflow.messaging.watch.LogEnds;
import io.orderflow.messaging.watch.Reached;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * What an instance of a role knows of the role's progress: messaging's {@link Reached}, and looks at the broker of the
 * model.
 */
final class KnownProgress implements Progress, Kept {

    private final ModelTime time;
    private final Topology topology;
    private final Broker broker;
    private final Instances instances;
    private final Map<Looker, Reached> reached = new HashMap<>();
    private final Map<Role, Instant> behind = new HashMap<>();

    private record Looker(Role role, int instance) {}

    private record Saved(Map<Looker, Reached> reached, Map<Role, Instant> behind) {}

    KnownProgress(ModelTime time, Topology topology, Broker broker, Instances instances) {
        this.time = time;
        this.topology = topology;
        this.broker = broker;
        this.instances = instances;
    }

    @Override
    public Instant relayBehindUntil(Role role) {
        return behind.getOrDefault(role, Instant.EPOCH);
    }

    @Override
    public Optional<Instant> caughtUpTo(Role role) {
        if (broker.isAway() || !instances.reachesBroker(role)) {
            return Optional.empty();
        }
        var now = look(role);
        var looker = new Looker(role, instances.acting());
        var before = reached.getOrDefault(looker, Reached.NOTHING);
        if (before.isLost(now)) {
            noteRelayBehind(role);
        }
        var after = before.next(now);
        reached.put(looker, after);
        return Optional.of(after.moment());
    }

    private LogEnds look(Role role) {
        var logs = new HashMap<String, Uuid>();
        var ends = new HashMap<TopicPartition, Long>();
        var handled = new HashMap<TopicPartition, Long>();
        Broker.readers(topology, role).forEach(reader -> {
            var partition = reader.partition();
            var name = new TopicPartition(partition.topic(), partition.number());
            logs.put(partition.topic(), new Uuid(0, broker.timesMade(partition.topic())));
            ends.put(name, (long) broker.end(partition));
            handled.put(name, (long) broker.offset(reader));
        });
        return new LogEnds(time.instant(), Map.copyOf(logs), Map.copyOf(ends), Map.copyOf(handled));
    }

    @Override
    public void noteRelayBehind(Role role) {
        behind.put(role, time.instant());
    }

    /** Processes that start know nothing. */
    void forget(Role role) {
        reached.keySet().removeIf(one -> one.role().equals(role));
    }

    @Override
    public Object save() {
        return new Saved(Map.copyOf(reached), Map.copyOf(behind));
    }

    @Override
    public void restore(Object saved) {
        var state = (Saved) saved;
        reached.clear();
        reached.putAll(state.reached());
        behind.clear();
        behind.putAll(state.behind());
    }
}
