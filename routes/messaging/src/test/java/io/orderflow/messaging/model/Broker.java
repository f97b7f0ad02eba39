package io.orderflow.messaging.model;

import io.orderflow.contracts.Channel;
import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Topics with partitions: what is appended stays, in its order; and for each role and partition the offset that it has
 * committed.
 */
final class Broker implements Actor {

    /** Two, so that orders share one and do not. */
    static final int PARTITIONS = 2;

    private final ModelTime time;
    private final Map<Partition, List<Logged>> logs = new HashMap<>();
    private final Map<Reader, Integer> offsets = new HashMap<>();
    private boolean away;

    record Partition(String topic, int number) {}

    record Reader(Role role, Partition partition) {}

    /** A record, and when the broker took it. */
    record Logged(Fact fact, Instant at) {}

    private record Saved(Map<Partition, List<Logged>> logs, Map<Reader, Integer> offsets, boolean away) {}

    Broker(ModelTime time) {
        this.time = time;
    }

    boolean isAway() {
        return away;
    }

    void append(String topic, Fact fact) {
        int partition = Names.number(fact.event().orderId()) % PARTITIONS;
        logs.computeIfAbsent(new Partition(topic, partition), none -> new ArrayList<>())
                .add(new Logged(fact, time.instant()));
    }

    /** The partitions that a role hears. */
    static List<Reader> readers(Role role, Channel channel) {
        return IntStream.range(0, PARTITIONS)
                .mapToObj(number -> new Reader(role, new Partition(channel.topic(), number)))
                .toList();
    }

    static Stream<Reader> readers(Topology topology, Role role) {
        return topology.readBy(role).stream().flatMap(channel -> readers(role, channel).stream());
    }

    int offset(Reader reader) {
        return offsets.getOrDefault(reader, 0);
    }

    int end(Partition partition) {
        return log(partition).size();
    }

    /** What a reader has not taken yet, so many at most. */
    List<Fact> poll(Reader reader, int most) {
        int offset = offset(reader);
        var log = log(reader.partition());
        return log.subList(offset, Math.min(log.size(), offset + most)).stream()
                .map(Logged::fact)
                .toList();
    }

    void commit(Reader reader, int offset) {
        offsets.put(reader, offset);
    }

    List<Logged> log(Partition partition) {
        return logs.getOrDefault(partition, List.of());
    }

    /** All of a topic; one order's records in their order. */
    Stream<Logged> log(String topic) {
        return IntStream.range(0, PARTITIONS).boxed().flatMap(number -> log(new Partition(topic, number)).stream());
    }

    @Override
    public void offer(Offers offers) {
        if (away) {
            offers.step(() -> "the broker is back", () -> away = false);
        } else {
            offers.step(Kind.AWAY, () -> "the broker is away", () -> away = true);
        }
    }

    @Override
    public Object save() {
        var copies = new HashMap<Partition, List<Logged>>();
        logs.forEach((partition, log) -> copies.put(partition, List.copyOf(log)));
        return new Saved(copies, Map.copyOf(offsets), away);
    }

    @Override
    public void restore(Object saved) {
        var state = (Saved) saved;
        logs.clear();
        state.logs().forEach((partition, log) -> logs.put(partition, new ArrayList<>(log)));
        offsets.clear();
        offsets.putAll(state.offsets());
        away = state.away();
    }
}
