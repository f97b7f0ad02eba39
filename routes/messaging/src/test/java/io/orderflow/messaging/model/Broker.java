package io.orderflow.messaging.model;

import io.orderflow.contracts.Channel;
import io.orderflow.contracts.Role;
import io.orderflow.contracts.Topology;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Topics with partitions: what is appended stays, in its order, unless its log is lost; and for each role and partition
 * the offset that it has committed. Whose next record is not there any more goes on from the first that is, as
 * messaging does it.
 */
final class Broker implements Actor {

    /** Two, so that orders share one and do not. */
    static final int PARTITIONS = 2;

    /** A shorter outage is none: two leases of whoever looks for deadlines. */
    private static final Duration CHANGE_OF_HANDS = Duration.ofSeconds(30);

    private final ModelTime time;
    private final Topology topology;
    private final Map<Partition, Log> logs = new HashMap<>();
    private final Map<Reader, Integer> offsets = new HashMap<>();
    private final Map<String, Integer> timesMade = new HashMap<>();
    private final Map<String, List<Logged>> told = new HashMap<>();
    private final List<Missed> missed = new ArrayList<>();
    private final List<Instant> outages = new ArrayList<>();
    private Instant awaySince;

    /** Asked for more often than all else, so that it says itself what a record would have to find out. */
    record Partition(String topic, int number) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Partition one && number == one.number && topic.equals(one.topic);
        }

        @Override
        public int hashCode() {
            return 31 * topic.hashCode() + number;
        }
    }

    /** Likewise. */
    record Reader(Role role, Partition partition) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Reader one && role.equals(one.role) && partition.equals(one.partition);
        }

        @Override
        public int hashCode() {
            return 31 * role.name().hashCode() + partition.hashCode();
        }
    }

    /** A record, and when the broker took it. */
    record Logged(Fact fact, Instant at) {}

    /** What a partition has: its records from an offset on. */
    private record Log(int start, List<Logged> records) {

        private static final Log EMPTY = new Log(0, List.of());

        private int end() {
            return start + records.size();
        }
    }

    /** A role does not hear this record, unless it has or there is a copy. */
    private record Missed(Role role, Fact fact) {}

    private record Saved(
            Map<Partition, Log> logs,
            Map<Reader, Integer> offsets,
            Map<String, Integer> timesMade,
            Map<String, List<Logged>> told,
            List<Missed> missed,
            List<Instant> outages,
            Instant awaySince) {}

    Broker(ModelTime time, Topology topology) {
        this.time = time;
        this.topology = topology;
    }

    boolean isAway() {
        return awaySince != null;
    }

    void append(String topic, Fact fact) {
        var record = new Logged(fact, time.instant());
        int partition = Names.number(fact.event().orderId()) % PARTITIONS;
        logs.merge(
                new Partition(topic, partition),
                new Log(0, List.of(record)),
                (log, one) -> new Log(log.start(), with(log.records(), record)));
        told.merge(topic, List.of(record), (before, one) -> with(before, record));
    }

    private static <T> List<T> with(List<T> some, T more) {
        var all = new ArrayList<T>(some.size() + 1);
        all.addAll(some);
        all.add(more);
        return all;
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

    int start(Partition partition) {
        return log(partition).start();
    }

    int end(Partition partition) {
        return log(partition).end();
    }

    /** How often a topic was made anew. */
    int timesMade(String topic) {
        return timesMade.getOrDefault(topic, 0);
    }

    /** What a reader has not taken yet, so many at most. */
    List<Fact> poll(Reader reader, int most) {
        var log = log(reader.partition());
        int from = offset(reader) - log.start();
        return log.records().subList(from, Math.min(log.records().size(), from + most)).stream()
                .map(Logged::fact)
                .toList();
    }

    void commit(Reader reader, int offset) {
        offsets.put(reader, offset);
    }

    private Log log(Partition partition) {
        return logs.getOrDefault(partition, Log.EMPTY);
    }

    /** All that was ever said on a topic, also what is lost; one order's records in their order. */
    Stream<Logged> told(String topic) {
        return told.getOrDefault(topic, List.of()).stream();
    }

    /** The facts of an order that a role may have missed, because their log was lost before it came to them. */
    Set<Fact> missed(Role role, UUID order) {
        return missed.stream()
                .filter(one ->
                        one.role().equals(role) && one.fact().event().orderId().equals(order))
                .map(Missed::fact)
                .collect(Collectors.toSet());
    }

    boolean hasLost() {
        return !missed.isEmpty();
    }

    @Override
    public void offer(Offers offers) {
        if (isAway()) {
            offers.step(() -> "the broker is back", this::comeBack);
        } else {
            offers.step(Kind.AWAY, () -> "the broker is away", () -> awaySince = time.instant());
        }
        if (offers.allow(Kind.LOST)) {
            new TreeSet<>(told.keySet()).forEach(topic -> offerLosses(offers, topic));
        }
    }

    private void comeBack() {
        if (awaySince.plus(CHANGE_OF_HANDS).isBefore(time.instant())) {
            outages.add(time.instant());
        }
        awaySince = null;
    }

    /** When the last outage before a moment was over; {@link Instant#EPOCH} if there was none. */
    Instant outageBefore(Instant moment) {
        return outages.stream()
                .filter(end -> !end.isAfter(moment))
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    private void offerLosses(Offers offers, String topic) {
        offers.step(Kind.LOST, () -> topic + " is made anew", () -> makeAnew(topic));
        for (var partition : partitions(topic)) {
            int start = start(partition);
            int end = end(partition);
            if (end > start) {
                offers.step(Kind.LOST, () -> partition + " loses all up to " + end, () -> cut(partition, end, end));
                offers.step(Kind.LOST, () -> partition + " loses its end", () -> cut(partition, start, end - 1));
            }
        }
    }

    private static List<Partition> partitions(String topic) {
        return IntStream.range(0, PARTITIONS)
                .mapToObj(number -> new Partition(topic, number))
                .toList();
    }

    private void makeAnew(String topic) {
        timesMade.merge(topic, 1, Integer::sum);
        for (var partition : partitions(topic)) {
            cut(partition, end(partition), end(partition));
            logs.remove(partition);
            offsets.keySet().removeIf(reader -> reader.partition().equals(partition));
        }
    }

    /** Only what lies between these offsets is left. */
    private void cut(Partition partition, int start, int end) {
        var log = log(partition);
        for (var role : topology.find(partition.topic()).orElseThrow().readers().keySet()) {
            var reader = new Reader(role, partition);
            int offset = offset(reader);
            for (int i = offset; i < log.end(); i++) {
                if (i < start || i >= end) {
                    missed.add(
                            new Missed(role, log.records().get(i - log.start()).fact()));
                }
            }
            if (offset < start || offset > end) {
                offsets.put(reader, start);
            }
        }
        logs.put(partition, new Log(start, List.copyOf(log.records().subList(start - log.start(), end - log.start()))));
    }

    @Override
    public Object save() {
        return new Saved(
                Map.copyOf(logs),
                Map.copyOf(offsets),
                Map.copyOf(timesMade),
                Map.copyOf(told),
                List.copyOf(missed),
                List.copyOf(outages),
                awaySince);
    }

    @Override
    public void restore(Object saved) {
        var state = (Saved) saved;
        replace(logs, state.logs());
        replace(offsets, state.offsets());
        replace(timesMade, state.timesMade());
        replace(told, state.told());
        missed.clear();
        missed.addAll(state.missed());
        outages.clear();
        outages.addAll(state.outages());
        awaySince = state.awaySince();
    }

    private static <K, V> void replace(Map<K, V> map, Map<K, V> by) {
        map.clear();
        map.putAll(by);
    }
}
