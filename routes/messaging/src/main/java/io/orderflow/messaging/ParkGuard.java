package io.orderflow.messaging;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;

/**
 * Notices when an unusual share of a channel's latest events would park with one and the same error: that is a bad deployment, not bad events, and parking
 * them all would hide it. Used by one consumer thread.
 */
final class ParkGuard {

    private static final String HANDLED = "";

    private final Deque<String> window = new ArrayDeque<>();
    private final int size;
    private final double share;

    ParkGuard(int size, double share) {
        this.size = size;
        this.share = share;
    }

    void handled(int events) {
        for (int i = 0; i < Math.min(events, size); i++) {
            add(HANDLED);
        }
    }

    /** Notes that an event is about to be parked with this error, and says whether it may be. */
    boolean mayPark(String error) {
        add(Objects.requireNonNull(error));
        long same = window.stream().filter(error::equals).count();
        return same < size * share;
    }

    void reset() {
        window.clear();
    }

    private void add(String outcome) {
        if (window.size() == size) {
            window.removeFirst();
        }
        window.addLast(outcome);
    }
}
