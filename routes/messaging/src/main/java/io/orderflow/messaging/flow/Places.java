package io.orderflow.messaging.flow;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The places of one channel's workers. A piece of work that is under way for too long leaves its place to the next one
 * and goes on in the slow lane, as long as there is room: whoever is slow on the other side holds up nobody else.
 */
final class Places {

    private final int all;
    private final Semaphore free;
    private final Semaphore slowLane;
    private final long slowAfterNanos;
    private final Set<Place> taken = ConcurrentHashMap.newKeySet();

    Places(Working working) {
        all = working.atOnce();
        free = new Semaphore(working.atOnce());
        slowLane = new Semaphore(working.slowAtOnce());
        slowAfterNanos = working.slowAfter().toNanos();
    }

    /**
     * Takes the places that are free: half of all or more, or after a moment those that there are.
     *
     * @param together how long one waits for others to get free
     * @param atMost how long, after that, for the first
     * @return how many; 0 if none got free
     */
    int takeFree(Duration together, Duration atMost) throws InterruptedException {
        int half = (all + 1) / 2;
        if (free.tryAcquire(half, together.toMillis(), TimeUnit.MILLISECONDS)) {
            return half + free.drainPermits();
        }
        return free.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS) ? 1 + free.drainPermits() : 0;
    }

    /** Takes up to so many of the places that are free at this moment. */
    int takeAtOnce(int atMost) {
        int drained = free.drainPermits();
        int taken = Math.min(drained, atMost);
        free.release(drained - taken);
        return taken;
    }

    /** Gives places back that nothing was found for. */
    void giveBack(int unused) {
        free.release(unused);
    }

    /** Uses one of the places that were taken. */
    Place use() {
        var place = new Place();
        taken.add(place);
        return place;
    }

    /** Sends whoever is slow by now into the slow lane. */
    void makeRoom() {
        taken.forEach(Place::moveIfSlow);
    }

    /** A piece of work's place, in one of the two lanes. */
    final class Place {

        private final long since = System.nanoTime();
        private Semaphore lane = free;

        private synchronized void moveIfSlow() {
            if (lane == free && System.nanoTime() - since >= slowAfterNanos && slowLane.tryAcquire()) {
                lane = slowLane;
                free.release();
            }
        }

        /** Once, when the work has ended. */
        synchronized void leave() {
            taken.remove(this);
            lane.release();
            lane = null;
        }
    }
}
