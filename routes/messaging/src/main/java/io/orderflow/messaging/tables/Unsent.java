package io.orderflow.messaging.tables;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which events of an order are unsent when its next ones are stored. A process that stored the order's last ones knows
 * that by itself, for it erases them; it need not look where the order's number, read under the order's lock, says that
 * nobody has spoken since.
 *
 * <p>What it does not know for certain it asks the table: an order whose last events another instance has stored, that
 * is not among the latest, or was remembered for so long that its number may have begun anew. An event that is gone and
 * still counts as unsent costs the next one a look, and nothing else; the other way round it would be overtaken.
 */
public final class Unsent {

    static final int ORDERS = 20_000;

    /** Numbers begin anew after hours, and never before. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final Map<UUID, Known> orders = new LinkedHashMap<>();

    /** An event in the table. */
    public record Event(UUID orderId, String topic, long position) {

        private static Event of(OutboxRow row) {
            return new Event(row.orderId(), row.topic(), row.position());
        }
    }

    /**
     * An order as this process has seen it.
     *
     * @param last the number of its last event
     * @param unsent its events on all topics that are unsent as far as this process knows
     */
    private record Known(long last, Set<Event> unsent, ReadAt read) {

        private boolean isOld() {
            return read.isOlderThan(LONGEST);
        }
    }

    /**
     * How it was before a transaction stored anything.
     *
     * @param numbers the number of each order's last event, zero for none
     * @param unsent each order's unsent events
     */
    public record Before(Map<UUID, Long> numbers, Map<UUID, Set<Event>> unsent) {

        /**
         * The positions of an order's unsent events of a topic, with those that its transaction itself has told: they
         * may part on the way, where a page of a sweep ends.
         */
        public List<Long> of(String topic, UUID order, List<Long> own) {
            var earlier = unsent.getOrDefault(order, Set.of()).stream()
                    .filter(event -> event.topic().equals(topic))
                    .map(Event::position);
            return Stream.concat(earlier, own.stream()).toList();
        }
    }

    /**
     * What is unsent of some orders, under their locks and before this transaction stores anything.
     *
     * @param numbers the number of each order's last event, zero for none
     * @param table asked for the events in the table of the orders of which this process does not know
     */
    public Before before(Map<UUID, Long> numbers, Function<Collection<UUID>, Collection<Event>> table) {
        Map<UUID, Set<Event>> unsent = new HashMap<>();
        List<UUID> unknown = new ArrayList<>();
        synchronized (this) {
            numbers.forEach((order, last) -> {
                var known = orders.get(order);
                if (last == 0) {
                    unsent.put(order, Set.of());
                } else if (known == null || known.last() != last || known.isOld()) {
                    unknown.add(order);
                } else {
                    unsent.put(order, Set.copyOf(known.unsent()));
                }
            });
        }
        if (!unknown.isEmpty()) {
            unknown.forEach(order -> unsent.put(order, new HashSet<>()));
            table.apply(unknown).forEach(event -> unsent.get(event.orderId()).add(event));
        }
        return new Before(numbers, unsent);
    }

    /**
     * These rows are committed. To be told before anybody else gets them. An order that had unsent events before is
     * looked for the next time: whoever erases those need not be this process.
     */
    public synchronized void committed(Before before, Collection<OutboxRow> rows) {
        rows.stream().collect(Collectors.groupingBy(OutboxRow::orderId)).forEach((order, stored) -> {
            orders.remove(order);
            if (before.unsent().get(order).isEmpty()) {
                var unsent = stored.stream().map(Event::of).collect(Collectors.toCollection(HashSet::new));
                long last = before.numbers().get(order) + stored.size();
                orders.put(order, new Known(last, unsent, stored.getFirst().read()));
            }
        });
        var oldest = orders.keySet().iterator();
        while (orders.size() > ORDERS) {
            oldest.next();
            oldest.remove();
        }
    }

    /** These rows are no more in the table. */
    public synchronized void erased(Collection<OutboxRow> rows) {
        for (var row : rows) {
            var known = orders.get(row.orderId());
            if (known != null) {
                known.unsent().remove(Event.of(row));
            }
        }
    }
}
