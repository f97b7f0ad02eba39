package io.orderflow.console.figures;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** A look that all share who want one within a moment: many who look on cost no more than one. */
public final class SharedLook<T> {

    private final long freshNanos;
    private final Supplier<T> look;
    private final ReentrantLock looking = new ReentrantLock();
    private T seen;
    private long seenAt;

    /** @param fresh for how long what was seen serves those who come later */
    public SharedLook(Duration fresh, Supplier<T> look) {
        this.freshNanos = fresh.toNanos();
        this.look = look;
    }

    /** As it is now, or was a moment ago. */
    public T now() {
        looking.lock();
        try {
            if (seen == null || System.nanoTime() - seenAt > freshNanos) {
                seen = look.get();
                seenAt = System.nanoTime();
            }
            return seen;
        } finally {
            looking.unlock();
        }
    }
}
