package io.orderflow.messaging;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What was said lately: what goes on is repeated after a minute, then after two, four and so on up to an hour, and what
 * was not heard of for ten minutes is news again.
 */
final class Repeats {

    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final Duration NEWS_AFTER = Duration.ofMinutes(10);

    private final LongSupplier nanoTime;
    private final Map<String, Said> lines = new HashMap<>();

    private record Said(int times, long last, long heard) {}

    Repeats(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** How often it is said with this time; 0 if it is not to be said now. */
    synchronized int said(String what) {
        long now = nanoTime.getAsLong();
        lines.values().removeIf(said -> now - said.heard() > NEWS_AFTER.toNanos());
        var before = lines.get(what);
        boolean due = before == null || now - before.last() >= pause(before.times());
        var after = due
                ? new Said(before == null ? 1 : before.times() + 1, now, now)
                : new Said(before.times(), before.last(), now);
        lines.put(what, after);
        return due ? after.times() : 0;
    }

    private static long pause(int times) {
        return Math.min(FIRST_PAUSE.toNanos() << Math.min(times - 1, 10), LONGEST_PAUSE.toNanos());
    }
}
