package io.orderflow.bench.load;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * What is seen of the orders of one load: when each was meant to be sent, when it was accepted and when its end was
 * heard. Times begin where the order was <em>meant</em> to be sent, so that what had to wait for a slow answer before
 * it counts with its waiting.
 */
public final class Sightings {

    private static final int DIGITS = 3;
    private static final int MICRO = 1_000;

    private final LongSupplier clock;
    private final long began;
    private final Histogram accepted = new ConcurrentHistogram(DIGITS);
    private final Histogram ended = new ConcurrentHistogram(DIGITS);
    private final SeenIds ids;
    private final AtomicInteger ends = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile long lastAccepted;
    private volatile long lastEnded;

    /** When each was meant to be sent; or where its end was heard before its acceptance, when that was, negative. */
    private final Map<UUID, Long> open = new ConcurrentHashMap<>();

    /**
     * @param ids takes the ids of all accepted orders, for the audit
     */
    public Sightings(SeenIds ids) {
        this(ids, System::nanoTime);
    }

    Sightings(SeenIds ids, LongSupplier clock) {
        this.ids = ids;
        this.clock = clock;
        this.began = clock.getAsLong();
    }

    /** Since the load began. */
    long now() {
        return clock.getAsLong() - began;
    }

    void accepted(UUID id, long meant) {
        long now = now();
        lastAccepted = now;
        accepted.recordValue(Math.max(0, now - meant) / MICRO);
        if (ids.add(id)) {
            pair(id, meant);
        }
    }

    void ended(UUID id) {
        pair(id, -now());
    }

    /** A server that said that it takes no order now, or was gone. */
    void refused() {
        refused.incrementAndGet();
    }

    private void pair(UUID id, long time) {
        var other = open.putIfAbsent(id, time);
        if (other == null || other < 0 == time < 0) {
            return;
        }
        open.remove(id);
        long end = -Math.min(time, other);
        ended.recordValue(Math.max(0, end - Math.max(time, other)) / MICRO);
        lastEnded = Math.max(lastEnded, end);
        ends.incrementAndGet();
    }

    /** How many accepted orders have come to their end. */
    public int ends() {
        return ends.get();
    }

    public int refusals() {
        return refused.get();
    }

    /** In microseconds. */
    public Histogram acceptance() {
        return accepted;
    }

    /** In microseconds. */
    public Histogram end() {
        return ended;
    }

    /** From the beginning of the load to the last acceptance, in seconds. */
    public double acceptedAfter() {
        return seconds(lastAccepted);
    }

    /** From the beginning of the load to the last end, in seconds. */
    public double endedAfter() {
        return seconds(lastEnded);
    }

    /** From the beginning of the load until now, in seconds. */
    public double elapsed() {
        return seconds(now());
    }

    private static double seconds(long nanos) {
        return (double) nanos / Duration.ofSeconds(1).toNanos();
    }
}
