package io.orderflow.messaging.inbound;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Notices when an unusual share of what came lately would park with one and the same error: that is a bad deployment,
 * not bad events, and parking them all would hide it. Different keys count, not events: a program that writes nonsense
 * again and again is one that writes nonsense. Used by one consumer thread.
 */
final class ParkGuard {

    /** How exactly the end of the window is kept, as a part of it. */
    private static final int SLICES = 30;

    private final Handling.Excess excess;
    private final LongSupplier nanos;
    private final Deque<Slice> arrivals = new ArrayDeque<>();
    private final Map<String, Map<String, Long>> parked = new HashMap<>();

    /** @param nanos a clock that only goes forward, in nanoseconds */
    ParkGuard(Handling.Excess excess, LongSupplier nanos) {
        this.excess = excess;
        this.nanos = nanos;
    }

    /** Events that came at about the same time. */
    private static final class Slice {

        private final long since;
        private long events;

        private Slice(long since) {
            this.since = since;
        }
    }

    /** A record that parks, or would. */
    record Bad(String error, String key) {}

    /**
     * Whether one more record may be parked, in a transaction that would park these others. Nothing is noted: the
     * transaction may fail and be tried again.
     *
     * @param batch how many records the transaction handles
     */
    boolean mayPark(Bad bad, List<Bad> others, int batch) {
        forget();
        long came = batch + arrivals.stream().mapToLong(slice -> slice.events).sum();
        if (excess.share() >= 1 || came < excess.least()) {
            return true;
        }
        var keys = new HashSet<>(parked.getOrDefault(bad.error(), Map.of()).keySet());
        keys.add(bad.key());
        others.stream()
                .filter(other -> other.error().equals(bad.error()))
                .map(Bad::key)
                .forEach(keys::add);
        return keys.size() < came * excess.share();
    }

    /** Notes that so many records came and that these of them were parked. */
    void came(int records, List<Bad> bad) {
        forget();
        long now = nanos.getAsLong();
        if (arrivals.isEmpty()
                || now - arrivals.getLast().since >= window().dividedBy(SLICES).toNanos()) {
            arrivals.addLast(new Slice(now));
        }
        arrivals.getLast().events += records;
        bad.forEach(one ->
                parked.computeIfAbsent(one.error(), error -> new HashMap<>()).put(one.key(), now));
    }

    /** How many stretches of time it remembers. */
    int remembered() {
        return arrivals.size();
    }

    void reset() {
        arrivals.clear();
        parked.clear();
    }

    private void forget() {
        long oldest = nanos.getAsLong() - window().toNanos();
        arrivals.removeIf(slice -> slice.since - oldest < 0);
        parked.values().forEach(keys -> keys.values().removeIf(at -> at - oldest < 0));
        parked.values().removeIf(Map::isEmpty);
    }

    private Duration window() {
        return excess.window();
    }
}
